import { describePlatform } from "./support/describe-platform.js";
import { workersAndStorage } from "./vectors/workers-and-storage.js";

describePlatform(workersAndStorage);
