describe("x", () => { it("navigates away", async () => { location.href = "about:blank"; await new Promise(r => setTimeout(r, 5000)); }); });
