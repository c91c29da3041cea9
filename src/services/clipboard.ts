import { perUnit, type CapabilityUser, type PerUnit } from "../capability/index.js";
import { LeaseholdError } from "../errors.js";

export interface ClipboardOptions {
  /** Characters; default 1,000,000. */
  maxLength?: number;
}

/** What a unit gets of `clipboard`: a way to write, and none to read. */
export interface ClipboardService {
  /**
   * Puts a text on the person's clipboard, who has to have just pressed something in the unit's own view.
   * @throws LeaseholdError "PermissionDeniedError" (`no-user-gesture`; `clipboard-refused` by the browser), "DataError"
   *   (`text-invalid`), "NotSupportedError" (`no-clipboard`)
   */
  writeText(text: string): Promise<void>;
}

/**
 * A capability: units write to the clipboard when somebody clicks, or presses a key, in their view. A unit without a view never can.
 * A press lasts for as long as the browser says, some seconds, and for more than one text.
 */
export function clipboard({ maxLength = 1_000_000 }: ClipboardOptions = {}): PerUnit<ClipboardService> {
  return perUnit((user) => new UnitClipboard(user, maxLength));
}

class UnitClipboard implements ClipboardService {
  readonly #user: CapabilityUser;
  readonly #maxLength: number;

  constructor(user: CapabilityUser, maxLength: number) {
    this.#user = user;
    this.#maxLength = maxLength;
  }

  async writeText(text: string): Promise<void> {
    const { name } = this.#user.manifest;
    const fail = (...[error, code, message, cause]: Fault) =>
      new LeaseholdError(error, code, message, { unit: name, ...(cause !== undefined && { cause }) });
    if (typeof text !== "string" || text.length > this.#maxLength)
      throw fail("DataError", "text-invalid", `Give a text of at most ${this.#maxLength} characters.`);
    if (!(await this.#user.isPressed()))
      throw fail(
        "PermissionDeniedError",
        "no-user-gesture",
        `${name} may write to the clipboard only when somebody has just clicked or pressed a key in its view: do it from such an event.`,
      );
    if (!("clipboard" in navigator))
      throw fail("NotSupportedError", "no-clipboard", "This page has no clipboard: it has to be served by https.");
    try {
      await navigator.clipboard.writeText(text);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw fail("PermissionDeniedError", "clipboard-refused", `The browser did not let the page write: ${why}`, cause);
    }
  }
}

type Fault = [name: LeaseholdError["name"], code: string, message: string, cause?: unknown];
