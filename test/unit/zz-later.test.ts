describe("later", () => { it("runs after a hang", () => {}); });
