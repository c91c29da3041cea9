import { createServer } from "vite";
import { fileURLToPath } from "node:url";

// The example units are served as built files; building them is quick when nothing has changed.
await import("./build-units.js");

const server = await createServer({ root: fileURLToPath(new URL("..", import.meta.url)) });
await server.listen();
console.log("The workbench is at:");
server.printUrls();
