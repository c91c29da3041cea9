/** What an unload gave back; every number was counted. */
export interface Receipt {
  /** Id of the unit. */
  unit: string;
  reason: "requested" | "collected" | "forced" | "recycled" | "replaced" | "violation" | "crash";
  /** Milliseconds from the request to the end. */
  duration: number;
  released: Released & { leases: number };
  /** Calls that were pending and rejected. */
  rejectedCalls: number;
  /** What `deactivate` and the disposers threw. */
  finalizerErrors: unknown[];
}

/** What closing a domain gave back. */
export interface Released {
  frames: number;
  workers: number;
  /** Blob URLs that were made for the unit, all of them revoked. */
  urls: number;
  ports: number;
}
