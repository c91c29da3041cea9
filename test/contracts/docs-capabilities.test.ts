import { describeExamples } from "../support/doc-examples.js";

await describeExamples("/docs/capabilities.md", 5);
