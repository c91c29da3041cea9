import { checkPlace, mountView, type Domain, type MountedView } from "../domain/index.js";
import { LeaseholdError } from "../errors.js";
import type { Account, Lease } from "../lifetime/index.js";
import type { UnitManifest } from "../unit/index.js";

/** A view that is shown, and the lease of whoever mounted it. */
interface ShownView {
  view: MountedView;
  lease?: Lease;
}

/** The one place in the page where a unit's view is shown, if any. */
export class ViewSlot {
  readonly #manifest: UnitManifest;
  readonly #account: Account;
  #shown: ShownView | undefined;

  constructor(manifest: UnitManifest, account: Account) {
    this.#manifest = manifest;
    this.#account = account;
  }

  /**
   * Shows the view without a lease: what was shown by the load itself goes with the unit. Where it was before, it is no more,
   * unless this throws.
   * @throws LeaseholdError "NotSupportedError" (`no-view`), or what `checkPlace` throws
   */
  show(domain: Domain, container: Element): ShownView {
    if (!this.#manifest.view || domain.isolation === "worker") {
      const { unit } = this.#account;
      const message = `${unit} has no view to show: its manifest must say "view": true, and its isolation be "frame" or "realm".`;
      throw new LeaseholdError("NotSupportedError", "no-view", message, { unit });
    }
    checkPlace(domain, container);
    this.clear();
    return (this.#shown = { view: mountView(domain, container, this.#manifest.title ?? this.#manifest.name) });
  }

  /** Shows the view, which keeps the unit loaded until it is unmounted. */
  mount(domain: Domain, container: Element): { element: HTMLElement; unmount(): void } {
    const site = this.#account.site();
    const shown = this.show(domain, container);
    shown.lease = this.#account.take({
      kind: "view",
      label: this.#manifest.title ?? this.#account.unit,
      site,
      held: { letGo: () => this.#unmount(shown) },
    });
    return { element: domain.frame, unmount: () => this.#unmount(shown) };
  }

  /** To be called with each height that the unit reports. */
  resized(height: number): void {
    this.#shown?.view.resized(height);
  }

  /** Takes what is shown out of sight. */
  clear(): void {
    if (this.#shown) this.#unmount(this.#shown);
  }

  #unmount(shown: ShownView): void {
    shown.view.unmount();
    shown.lease?.release();
    if (this.#shown === shown) this.#shown = undefined;
  }
}
