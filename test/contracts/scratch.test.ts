import { blocksOf } from "../support/docs/blocks.js";
import { describeDocument } from "../support/docs/describe-document.js";
const path = "README.md";
describeDocument(path, blocksOf(await (await fetch("/" + path)).text()));
