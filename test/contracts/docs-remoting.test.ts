import { describeExamples } from "../support/doc-examples.js";

await describeExamples("/docs/remoting.md", 17);
