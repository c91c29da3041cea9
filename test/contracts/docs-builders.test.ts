import { describeExamples } from "../support/doc-examples.js";

await describeExamples("/docs/builders.md", 3);
