import { describePlatform } from "./support/describe-platform.js";
import { jointHistory } from "./vectors/joint-history.js";

describePlatform(jointHistory);
