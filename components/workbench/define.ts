import { Workbench } from "./app/app.js";
import { ArgumentField } from "./argument-field/argument-field.js";
import { CallPanel } from "./call-panel/call-panel.js";
import { FailureNote } from "./failure-note/failure-note.js";
import { IsolationPicker } from "./isolation-picker/isolation-picker.js";
import { Meters } from "./meters/meters.js";
import { PermissionList } from "./permission-list/permission-list.js";
import { PlacePanel } from "./place-panel/place-panel.js";
import { UnitReceipt } from "./receipt/receipt.js";
import { ResultView } from "./result-view/result-view.js";
import { ReviewDialog } from "./review-dialog/review-dialog.js";
import { Sparkline } from "./sparkline/sparkline.js";
import { Stage } from "./stage/stage.js";
import { ThemeToggle } from "./theme-toggle/theme-toggle.js";
import { Toasts } from "./toasts/toasts.js";
import { TopBar } from "./top-bar/top-bar.js";
import { UnitCard } from "./unit-card/unit-card.js";
import { UnitHeader } from "./unit-header/unit-header.js";
import { UnitIcon } from "./unit-icon/unit-icon.js";
import { UnitList } from "./unit-list/unit-list.js";
import { UnitView } from "../unit-view/unit-view.js";
import { ViewPanel } from "./view-panel/view-panel.js";
import { Welcome } from "./welcome/welcome.js";

const elements: Record<string, CustomElementConstructor> = {
  "unit-view": UnitView,
  "workbench-argument-field": ArgumentField,
  "workbench-call-panel": CallPanel,
  "workbench-failure-note": FailureNote,
  "workbench-isolation-picker": IsolationPicker,
  "workbench-meters": Meters,
  "workbench-permission-list": PermissionList,
  "workbench-place-panel": PlacePanel,
  "workbench-receipt": UnitReceipt,
  "workbench-result-view": ResultView,
  "workbench-review-dialog": ReviewDialog,
  "workbench-sparkline": Sparkline,
  "workbench-stage": Stage,
  "workbench-theme-toggle": ThemeToggle,
  "workbench-toasts": Toasts,
  "workbench-top-bar": TopBar,
  "workbench-unit-card": UnitCard,
  "workbench-unit-header": UnitHeader,
  "workbench-unit-icon": UnitIcon,
  "workbench-unit-list": UnitList,
  "workbench-view-panel": ViewPanel,
  "workbench-welcome": Welcome,
  // Last, so that everything in it is there when it first renders.
  "leasehold-workbench": Workbench,
};

/** Registers the workbench and everything in it. A function, because the package tells bundlers to drop bare imports. */
export function defineWorkbench(): void {
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
