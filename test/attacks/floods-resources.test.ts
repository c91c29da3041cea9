import { describeFloods, type Flood } from "./flood.js";

function* otherFloods(): Generator<Flood> {
  yield {
    name: "a hundred thousand timers",
    code: "await Promise.all(Array.from({ length: 100_000 }, (_, i) => new Promise((resolve) => setTimeout(resolve, i % 100))))",
  };
  yield {
    name: "a hundred thousand intervals",
    code: "for (let i = 0; i < 100_000; i++) setInterval(() => i, 1); await new Promise(() => {})",
    forcedAfter: 2000,
  };
  yield {
    name: "hundreds of megabytes, kept",
    code: "const kept = []; for (let i = 0; i < 50; i++) kept.push(new Uint8Array(8 << 20).fill(1)); await turn()",
  };
  yield {
    name: "gigabytes, dropped as soon as they are written",
    code: "for (let i = 0; i < 300; i++) { new Uint8Array(8 << 20).fill(1); await turn(); }",
  };
  yield { name: "an endless loop", code: "for (;;);", forcedAfter: 2000 };
}

describeFloods("a worker unit that uses up what there is", otherFloods());
