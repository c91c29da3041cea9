import { describeExamples } from "../support/doc-examples.js";

await describeExamples("/docs/linking.md", 2);
