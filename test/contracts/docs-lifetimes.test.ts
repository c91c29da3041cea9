import { describeExamples } from "../support/doc-examples.js";

await describeExamples("/docs/lifetimes.md", 7);
