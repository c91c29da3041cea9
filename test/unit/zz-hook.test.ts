describe("x", () => { beforeEach(() => { throw new Error("hook broke"); }); it("y", () => {}); it("z", () => {}); });
