export { UnitView } from "./unit-view/index.js";
