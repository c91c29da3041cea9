import { executeServerCommand } from "@web/test-runner-commands";

/** What the browser did that its page cannot see. */
export interface Watched {
  /** What each dialog said. */
  dialogs: string[];
  /** How many windows were opened since the last time; they are closed by now. */
  windows: number;
  /** At which step the history of the page's window stands; each has a name of its own. */
  step: string | number;
  /** Names whose address was asked for; undefined where the browser tells nobody. */
  lookups?: string[];
}

/** Begins to watch, or tells what has been seen since. */
export const watchBrowser = (start = false): Promise<Watched> => executeServerCommand("watch-browser", { start });
