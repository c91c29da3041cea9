import { describePlatform } from "./support/describe-platform.js";
import { interfaces } from "./vectors/interface.js";

describePlatform(interfaces);
