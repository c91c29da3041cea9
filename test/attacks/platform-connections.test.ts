import { describePlatform } from "./support/describe-platform.js";
import { connections } from "./vectors/connections.js";

describePlatform(connections);
