/**
 * The public elements. Importing this defines them, so it belongs in this file: a bundler that is told that modules have
 * no effects of their own drops the statements of any but an entry.
 */
import { UnitView } from "./unit-view/unit-view.js";

export { UnitView };

// The page may have loaded another copy already.
if (!customElements.get("unit-view")) customElements.define("unit-view", UnitView);

declare global {
  interface HTMLElementTagNameMap {
    "unit-view": UnitView;
  }
}
