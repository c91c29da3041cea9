import { executeServerCommand } from "@web/test-runner-commands";
describe("x", () => { it("crashes", async () => { await executeServerCommand("crash"); await new Promise(r => setTimeout(r, 5000)); }); });
