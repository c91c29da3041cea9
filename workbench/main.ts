import type { Workbench } from "../components/workbench/app/app.js";
import { defineWorkbench } from "../components/workbench/define.js";
import { demos } from "../examples/units/samples.js";

defineWorkbench();

const workbench = document.querySelector<Workbench>("leasehold-workbench");
if (workbench) workbench.samples = demos;
