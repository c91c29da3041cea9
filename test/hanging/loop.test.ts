describe("a page", () => {
  it("that ends its tests is no concern of this", () => {});

  it("that never comes to itself again", () => {
    for (;;);
  });
});
