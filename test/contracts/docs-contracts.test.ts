import * as v from "valibot";
import { describeExamples } from "../support/doc-examples.js";

await describeExamples("/docs/contracts.md", 6, { v });
