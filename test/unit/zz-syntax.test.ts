describe("x", () => { it("y", () => {}; });
