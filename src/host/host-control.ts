import type { Account, Lease } from "../lifetime/index.js";
import type { HostControl } from "../remoting/index.js";

const levels: ReadonlySet<unknown> = new Set(["debug", "info", "warn", "error"]);

export interface HostControlOptions {
  account: Account;
  onLog: HostControl["log"];
  onHeight(height: number): void;
  onUrls: HostControl["urlsChanged"];
  onLinked(): void;
  onViolated: HostControl["violated"];
}

/** What a unit's domain may call of the page. Everything in here comes from an untrusted place, whatever its type says. */
export function createHostControl({
  account,
  onLog,
  onHeight,
  onUrls,
  onLinked,
  onViolated,
}: HostControlOptions): HostControl {
  const activities = new Map<number, Lease>();
  return {
    linked: onLinked,
    log(level, args) {
      if (levels.has(level) && Array.isArray(args)) onLog(level, args);
    },
    violated(vector) {
      if (typeof vector === "string") onViolated(vector.slice(0, 200));
    },
    resized(height) {
      if (typeof height === "number") onHeight(height);
    },
    activityStarted(id, label) {
      if (activities.has(id) || typeof label !== "string") return;
      activities.set(id, account.take({ kind: "activity", holder: account, label: label.slice(0, 200) }));
    },
    activityEnded(id) {
      activities.get(id)?.release();
      activities.delete(id);
    },
    urlsChanged: onUrls,
  };
}
