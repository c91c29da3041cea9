describe("hang", () => { it("passes before", () => {}); it("loops for ever", () => { for (;;); }); it("after", () => {}); });
