import type { CapabilityUser } from "../capability/index.js";
import type { Notice, NoticeText } from "./notice.js";

export interface NoticeBasis {
  id: string;
  user: CapabilityUser;
  text: Required<NoticeText>;
  show(notice: Notice): void;
  onClose(notice: ShownNotice): void;
}

/** One notice, for as long as the page shows it. */
export class ShownNotice {
  readonly #basis: NoticeBasis;
  readonly #closing = new AbortController();
  #text: Required<NoticeText>;

  constructor(basis: NoticeBasis) {
    this.#basis = basis;
    this.#text = basis.text;
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  get text(): Required<NoticeText> {
    return this.#text;
  }

  /** Shows it, or what it says from now on. */
  show(text = this.#text): void {
    this.#text = text;
    const { id, user, show } = this.#basis;
    const { signal } = this.#closing;
    const { unit, manifest } = user;
    show(Object.freeze({ id, unit, manifest, ...text, signal, dismiss: () => this.close() }));
  }

  close(): void {
    if (this.isClosed) return;
    this.#basis.onClose(this);
    this.#closing.abort();
  }
}
