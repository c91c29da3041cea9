import { perUnit, type CapabilityUser, type PerUnit } from "../capability/index.js";
import { LeaseholdError } from "../errors.js";
import { checkNotice } from "./notice-text.js";
import type { Notice, NoticeHandle, NoticeText, NotificationService } from "./notice.js";
import { RateLimit, type Rate } from "./rate-limit.js";
import { ShownNotice } from "./shown-notice.js";

export interface NotificationOptions {
  /** Notices of each unit; default 10 a minute. */
  rate?: Rate;
  /** Updates of all the notices of a unit; default 20 in 2 seconds. */
  updates?: Rate;
  /** Notices of each unit that are shown at a time; default 5. */
  open?: number;
}

/**
 * A capability: units tell the page's person something, in a way that is the page's own.
 * @param show shows a notice, or what it says now where one of that id is shown already
 */
export function notifications(
  show: (notice: Notice) => void,
  options: NotificationOptions = {},
): PerUnit<NotificationService> {
  return perUnit((user) => new UnitNotifications(user, show, options));
}

class UnitNotifications implements NotificationService {
  readonly #user: CapabilityUser;
  readonly #show: (notice: Notice) => void;
  readonly #rate: RateLimit;
  readonly #updates: RateLimit;
  readonly #most: number;
  readonly #shown = new Set<ShownNotice>();
  #lastNumber = 0;

  constructor(
    user: CapabilityUser,
    show: (notice: Notice) => void,
    { rate = { count: 10, per: 60_000 }, updates = { count: 20, per: 2000 }, open = 5 }: NotificationOptions,
  ) {
    this.#user = user;
    this.#show = show;
    this.#rate = new RateLimit(rate);
    this.#updates = new RateLimit(updates);
    this.#most = open;
    user.signal.addEventListener("abort", () => [...this.#shown].forEach((notice) => notice.close()), { once: true });
  }

  show(given: NoticeText): NoticeHandle {
    const text = checkNotice(given);
    const { unit, signal } = this.#user;
    if (this.#shown.size >= this.#most) throw this.#tooMany();
    this.#take(this.#rate);
    const notice = new ShownNotice({
      id: `${unit}/${++this.#lastNumber}`,
      user: this.#user,
      text,
      show: this.#show,
      onClose: (closed) => this.#shown.delete(closed),
    });
    this.#shown.add(notice);
    try {
      notice.show();
    } catch (error) {
      notice.close();
      throw error;
    }
    if (signal.aborted) notice.close();
    return new UnitNotice(notice, () => this.#take(this.#updates));
  }

  #take(limit: RateLimit): void {
    const wait = limit.take();
    if (wait === 0) return;
    const { name } = this.#user.manifest;
    const message = `${name} has said a lot lately: let it wait ${Math.ceil(wait)} ms, and put more into one notice.`;
    throw new LeaseholdError("LimitExceededError", "notification-rate", message, { unit: name });
  }

  #tooMany(): LeaseholdError {
    const { name } = this.#user.manifest;
    const message = `${name} shows ${this.#shown.size} notices, and no more at a time: close() one of them, or update() it.`;
    return new LeaseholdError("LimitExceededError", "notification-count", message, { unit: name });
  }
}

/** What crosses of a notice: a unit reaches all that a class declares. */
class UnitNotice implements NoticeHandle {
  readonly #notice: ShownNotice;
  readonly #takeUpdate: () => void;

  constructor(notice: ShownNotice, takeUpdate: () => void) {
    this.#notice = notice;
    this.#takeUpdate = takeUpdate;
  }

  update(changes: Partial<NoticeText>): boolean {
    const text = checkNotice({ ...this.#notice.text, ...Object(changes) });
    if (this.#notice.isClosed) return false;
    this.#takeUpdate();
    this.#notice.show(text);
    return !this.#notice.isClosed;
  }

  close(): void {
    this.#notice.close();
  }
}
