import type { HostControl, Notifier } from "../remoting/index.js";

/** Milliseconds for which a count may be out of date: most URLs live shorter, and are not worth a message each. */
const INTERVAL = 50;

/** Takes how many URLs are live, and how many were ever made. */
export type CountUrls = (live: number, made: number) => void;

/** Tells the host how many Blob URLs there are, in good time. */
export interface UrlReport {
  /** For one who makes URLs, to be called with the counts of its own whenever they change. */
  counter(): CountUrls;
  /** Tells what was not told yet. */
  flush(): void;
  /** How many there are; whoever asks tells the host. */
  take(): { live: number; made: number };
}

export function createUrlReport(host: Pick<Notifier<HostControl>, "urlsChanged">): UrlReport {
  const counts: { live: number; made: number }[] = [];
  const sum = (key: "live" | "made"): number => counts.reduce((total, each) => total + each[key], 0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    host.urlsChanged(sum("live"), sum("made"));
  };
  return {
    counter() {
      const own = { live: 0, made: 0 };
      counts.push(own);
      return (live, made) => {
        Object.assign(own, { live, made });
        timer ??= setTimeout(flush, INTERVAL);
      };
    },
    flush,
    take() {
      clearTimeout(timer);
      timer = undefined;
      return { live: sum("live"), made: sum("made") };
    },
  };
}
