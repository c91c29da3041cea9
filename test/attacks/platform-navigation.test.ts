import { describePlatform } from "./support/describe-platform.js";
import { navigation } from "./vectors/navigation.js";

describePlatform(navigation);
