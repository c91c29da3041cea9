import "./not-there.js";
describe("x", () => { it("y", () => {}); });
