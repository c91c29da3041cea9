describe("x", () => { it("y", () => {}); });
throw new Error("thrown while loading");
