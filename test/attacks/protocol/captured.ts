import { createHost, type Host, type LoadOptions, type Unit } from "leasehold";
import { withHeaders } from "../../support/served.js";
import { until } from "../../support/until.js";

/** What an attack has whose domain is its own altogether; see `captured.html`. Messages are as docs/protocol.md has them. */
export interface CapturedDomain {
  port: MessagePort;
  send(message: unknown, transfers?: Transferable[]): void;
  next(): Promise<unknown[]>;
  ask(stream: unknown[], holes?: unknown[] | null, options?: { count?: number; quiet?: number[] }): Promise<unknown[]>;
  readonly number: number;
  answer(request: unknown[], ...values: unknown[]): void;
  given(): Promise<number[]>;
  failure(reply: unknown[]): { name: string; message: string; own: { code?: string }; stack?: string } | undefined;
  operation(kind: number, target: number, path: unknown, ...args: unknown[]): unknown[];
}

/** Runs in the domain; it sees nothing of the test. What it returns is told to the page. */
export type Attack = (domain: CapturedDomain) => unknown;

export interface Captured {
  unit: Unit<{ attack(...given: unknown[]): void }>;
  host: Host;
  /** What the attack returned. @throws what it threw */
  result(): Promise<unknown>;
}

interface Told {
  /** Name of the unit. */
  captured: string;
  result?: unknown;
  error?: string;
}

const frameUrl = withHeaders("/test/attacks/protocol/captured.html", {});

/** A host whose domains are not the library's, but the attacker's. */
export function createAttackedHost(): Host {
  return createHost({ frameUrl, pool: {} });
}

/** Gives the attack a number, so that one is not taken for another. */
let serial = 0;

/** Loads a unit whose domain is the attacker's, and hands it to `body`; takes it back by force, as it may not answer any more. */
export async function withCaptured(
  host: Host,
  attack: Attack,
  body: (captured: Captured) => unknown,
  options: LoadOptions = {},
): Promise<void> {
  const name = `captured-${++serial}`;
  let told: Told | undefined;
  const onMessage = ({ data }: MessageEvent<Told | undefined>): void => {
    if (data?.captured === name) told = data;
  };
  addEventListener("message", onMessage);
  try {
    const code = `export const attack = ${attack.toString()};\n`;
    const unit = await host.load<{ attack(...given: unknown[]): void }>(
      { code, manifest: { name, version: "1.0.0" } },
      options,
    );
    try {
      const result = async (): Promise<unknown> => {
        const { result, error } = await until("the attack is over", () => told);
        if (error !== undefined) throw new Error(error);
        return result;
      };
      await body({ unit, host, result });
    } finally {
      await unit.unload({ mode: "force" });
    }
  } finally {
    removeEventListener("message", onMessage);
  }
}
