import type { HostControl, Notifier } from "../remoting/index.js";

/** Milliseconds for which a count may be out of date: most URLs live shorter, and are not worth a message each. */
const INTERVAL = 50;

/** Tells the host how many Blob URLs there are, in good time. */
export interface UrlReport {
  changed(live: number, made: number): void;
  /** Tells what was not told yet. */
  flush(): void;
  /** How many were ever made; whoever asks tells the host. */
  take(): number;
}

export function createUrlReport(host: Pick<Notifier<HostControl>, "urlsChanged">): UrlReport {
  let counts: [live: number, made: number] = [0, 0];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    host.urlsChanged(...counts);
  };
  return {
    changed(live, made) {
      counts = [live, made];
      timer ??= setTimeout(flush, INTERVAL);
    },
    flush,
    take() {
      clearTimeout(timer);
      timer = undefined;
      return counts[1];
    },
  };
}
