import type { Account, LeaseKind } from "../../lifetime/index.js";
import { handlerOf, type Handler } from "../calls/handler.js";
import type { Invoker } from "../calls/invoker.js";
import { createRefuser } from "../calls/refuser.js";
import { released } from "../calls/remote-call.js";
import { RemoteRoot } from "../calls/remote-root.js";
import { FIRST_SLOT, type Target } from "../wire/protocol.js";
import type { ExportTable } from "./export-table.js";
import type { Import, ImportTable } from "./import-table.js";
import { Loan, type Borrower } from "./loan.js";

export interface LoanTableOptions {
  imports: ImportTable;
  exports: ExportTable;
  /** Whose leases are taken. */
  account(): Account | undefined;
  /** Who takes the operations of whoever borrows. */
  invoker(): Invoker;
  /** Makes the page's own proxy for something that is held. */
  createProxy(entry: Import): object;
}

interface Lent {
  loan: Loan;
  /** Kept by the borrower's session. */
  proxy: WeakRef<object>;
}

/**
 * What of this session's other sessions have borrowed: each thing once per borrower, who gets a proxy that is not the page's own. So
 * the page may let go of what it has passed on, and a borrower can be told apart by its lease.
 */
export class LoanTable {
  readonly #lent = new Map<string, Map<Borrower, Lent>>();
  readonly #options: LoanTableOptions;
  /** From then on, what was lent says why it cannot be used. */
  #isClosed = false;

  constructor(options: LoanTableOptions) {
    this.#options = options;
  }

  /** How many things are lent. */
  get size(): number {
    return this.#lent.size;
  }

  /** The proxy by which somebody borrows what a handler is about. */
  lend(handler: Handler, borrower: Borrower): object {
    const base = handler.base as Target;
    const names = [handler.path].flat();
    const key = JSON.stringify([base, handler.invoker().gate !== undefined, ...names]);
    const known = this.#lent.get(key)?.get(borrower);
    const proxy = known?.proxy.deref();
    if (proxy) return proxy;
    // A proxy that was collected with all that its borrower's session kept has left its loan.
    known?.loan.letGo();
    const { loan, proxy: fresh } = this.#begin(handler, base, names, borrower, () => this.#forget(key, borrower));
    if (loan.isOver) return fresh;
    let lent = this.#lent.get(key);
    if (!lent) this.#lent.set(key, (lent = new Map<Borrower, Lent>()));
    lent.set(borrower, { loan, proxy: new WeakRef(fresh) });
    return fresh;
  }

  /** What was lent is there no more. */
  close(): void {
    this.#isClosed = true;
    const loans = [...this.#lent.values()].flatMap((lent) => [...lent.values()].map(({ loan }) => loan));
    for (const loan of loans) loan.letGo();
    this.#lent.clear();
  }

  /** @returns the proxy that was lent, if it is still there */
  #forget(key: string, borrower: Borrower): object | undefined {
    const lent = this.#lent.get(key);
    const proxy = lent?.get(borrower)?.proxy.deref();
    lent?.delete(borrower);
    if (lent?.size === 0) this.#lent.delete(key);
    return proxy;
  }

  #begin(
    handler: Handler,
    base: Target,
    names: string[],
    borrower: Borrower,
    onEnd: () => object | undefined,
  ): { loan: Loan; proxy: object } {
    const { imports, exports, account, createProxy } = this.#options;
    const entry = imports.get(base);
    const isWhole = names.length === 0;
    const kind: LeaseKind = !isWhole ? "callback" : base < FIRST_SLOT ? "dependent" : (entry?.kind ?? "callback");
    const original = new WeakRef(handler.proxy);
    const label = names.join(".") || (entry?.name ?? "exports");
    let unlend: (() => void) | undefined;
    const loan = new Loan(
      borrower,
      () => (entry && isWhole ? imports.acquire(entry, createProxy) : original.deref()),
      () => {
        const lent = onEnd();
        unlend?.();
        loan.lease?.release();
        // As where the page lets go: not before it is known whether finalizers need what it keeps.
        handlerOf(lent)?.ended();
      },
    );
    loan.lease = account()?.take({ kind, label, holder: borrower.account, isTracked: true, held: loan });
    // Whoever hears of the lease may revoke it at once.
    if (entry && !loan.isOver) unlend = imports.lend(entry);
    const own = this.#invokerOf(borrower);
    const invoker = handler.invoker().gate?.(own) ?? own;
    const refuser = createRefuser(() => released(label || "A reference"));
    const ended = (): Invoker => (this.#isClosed ? own : refuser);
    const { proxy } = new RemoteRoot(() => (loan.isOver ? ended() : invoker), base, {
      path: handler.path,
      release: () => loan.letGo(),
      name: handler.name,
      traits: handler.traits,
      keeps: loan.isOver ? undefined : exports.vault,
      loan,
    });
    return { loan, proxy };
  }

  /** Calls of a borrower are told as its own. */
  #invokerOf({ account }: Borrower): Invoker {
    const invoker = this.#options.invoker();
    return {
      isWritable: invoker.isWritable,
      unit: invoker.unit,
      lend: (handler, borrower) => this.lend(handler, borrower),
      invoke: (kind, base, path, args) => invoker.invoke(kind, base, path, args, account),
    };
  }
}
