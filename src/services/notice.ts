import type { UnitManifest } from "../unit/index.js";

/** What a notice is like: how that looks is the page's to decide. */
export const tones = ["info", "success", "warning", "danger"] as const;

/** What a unit says. */
export interface NoticeText {
  /** One line of 1 to 120 characters. */
  title: string;
  /** At most 1,000 characters; may have line breaks. */
  body?: string;
  /** Default "info". */
  tone?: (typeof tones)[number];
}

/** What the page is to show. All of it is plain text of a unit's: it is never markup. */
export interface Notice extends Readonly<Required<NoticeText>> {
  /** The same for each update of a notice, and no other's. */
  readonly id: string;
  /** Id of the unit. */
  readonly unit: string;
  /** Of the unit. Show whose notice it is, too: a text may pretend to be the page's. */
  readonly manifest: UnitManifest;
  /** Aborts when the notice is to be taken away: its unit closed it, or has gone. */
  readonly signal: AbortSignal;
  /** For the page to say that the notice was taken away by itself or by the person; updates do nothing then. */
  dismiss(): void;
}

/** A notice as its unit has it. Letting go of it closes nothing. */
export interface NoticeHandle {
  /**
   * Changes what is given of it.
   * @returns whether it is still shown
   * @throws LeaseholdError "LimitExceededError" (`notification-rate`), "DataError" (`text-invalid`)
   */
  update(changes: Partial<NoticeText>): boolean;
  close(): void;
}

/** What a unit gets of `notifications`. */
export interface NotificationService {
  /**
   * Shows a notice until it is closed, the person takes it away, or the unit goes.
   * @throws LeaseholdError "LimitExceededError" (`notification-rate`, `notification-count`), "DataError" (`text-invalid`)
   */
  show(text: NoticeText): NoticeHandle;
}
