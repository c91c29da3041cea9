describe("the page after it", () => {
  it("is tested as if nothing had been", () => {});
});
