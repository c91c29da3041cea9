import { UnitView } from "./unit-view.js";

export { UnitView };

// A page may have loaded another copy already.
if (!customElements.get("unit-view")) customElements.define("unit-view", UnitView);

declare global {
  interface HTMLElementTagNameMap {
    "unit-view": UnitView;
  }
}
