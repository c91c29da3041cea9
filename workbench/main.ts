import "../components/workbench/define.js";
import type { Workbench } from "../components/workbench/app/app.js";
import { demos } from "../examples/units/samples.js";

const workbench = document.querySelector<Workbench>("leasehold-workbench");
if (workbench) workbench.samples = demos;
