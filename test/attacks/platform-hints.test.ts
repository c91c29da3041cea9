import { describePlatform } from "./support/describe-platform.js";
import { hints } from "./vectors/hints.js";

describePlatform(hints);
