import { expect } from "chai";
import { DISPOSE } from "../../src/dispose.js";
import { sessionLimits } from "../../src/policy/index.js";
import { connect, LeaseholdError, proxy } from "../../src/remoting/connect/index.js";
import { createRemote, Session as Core, type Remote } from "../../src/remoting/index.js";
import { leavesNothing } from "../support/baseline.js";
import { rejection } from "../support/rejection.js";

interface Service {
  echo(value: unknown): unknown;
  later(): Promise<void>;
  touch(): void;
  never(): Promise<void>;
  make(): () => void;
}

const service: Service = {
  echo: (value) => value,
  later: () => new Promise((resolve) => setTimeout(resolve, 10)),
  touch: () => {},
  never: () => new Promise(() => {}),
  make: () => () => {},
};

type Limits = NonNullable<Parameters<typeof connect>[1]>["limits"];
type Session = ReturnType<typeof connect<Service>>;

/** Connects an end that has limits with one that has none; both expose the same. */
async function withLimits(limits: Limits, body: (free: Session, limited: Session) => Promise<unknown>): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const limited = connect<Service>(port1, { expose: { ...service }, limits });
  const free = connect<Service>(port2, { expose: { ...service } });
  try {
    await body(free, limited);
  } finally {
    limited.close();
    free.close();
  }
}

async function passes(session: Session, limit: string): Promise<void> {
  const error = (await session.closed) as LeaseholdError;
  const code = limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  expect(error).to.be.instanceOf(LeaseholdError);
  expect(error).to.include({ name: "LimitExceededError", code });
  expect(error.message).to.include(`limits.${limit}`);
  expect(session.stats()).to.include({ exports: 0, imports: 0, pending: 0 });
}

const text = (length: number): string => "x".repeat(length);
const quiet = (promises: Promise<unknown>[]): void => promises.forEach((promise) => promise.catch(() => {}));
const calls = (count: number, call: () => unknown): void =>
  quiet(Array.from({ length: count }, () => call() as Promise<unknown>));

describe("a session with limits", () => {
  leavesNothing();

  it("closes when a message has more bytes than it takes, an answer as well as a request", async () => {
    await withLimits({ messageBytes: 10_000 }, async (free, limited) => {
      expect(await free.remote.echo(text(5000))).to.have.length(5000);
      const failed = rejection(free.remote.echo(text(10_000)) as Promise<unknown>);
      await passes(limited, "messageBytes");
      expect(await failed).to.include({ name: "DomainUnloadedError" });
    });
    await withLimits({ messageBytes: 10_000 }, async (_free, limited) => {
      quiet([limited.remote.echo(text(10_000)) as Promise<unknown>]);
      await passes(limited, "messageBytes");
    });
  });

  it("closes when more is asked of it in a second than it does, before it does it", async () => {
    let touched = 0;
    const { port1, port2 } = new MessageChannel();
    const limited = connect(port1, { expose: { touch: () => void touched++ }, limits: { operationsPerSecond: 100 } });
    const free = connect<Service>(port2);
    await Promise.all(Array.from({ length: 50 }, () => free.remote.touch()));
    calls(60, () => free.remote.touch());
    await passes(limited as never, "operationsPerSecond");
    expect(touched).to.equal(50);
    free.close();
  });

  it("counts notices among the operations", () =>
    withLimits({ operationsPerSecond: 100 }, async (free, limited) => {
      const made = await Promise.all(Array.from({ length: 60 }, () => free.remote.make()));
      for (const each of made) (each as unknown as Disposable)[DISPOSE]();
      await passes(limited, "operationsPerSecond");
    }));

  it("does not count notices that bring what it has called for", () =>
    withLimits({ operationsPerSecond: 100 }, async (free, limited) => {
      await Promise.all(Array.from({ length: 150 }, () => limited.remote.later()));
      calls(101, () => free.remote.touch());
      await passes(limited, "operationsPerSecond");
    }));

  it("closes when more calls wait for it than may, and not when as many came and were answered", () =>
    withLimits({ pendingCalls: 10 }, async (free, limited) => {
      for (let turn = 0; turn < 5; turn++) await Promise.all(Array.from({ length: 10 }, () => free.remote.echo(1)));
      calls(11, () => free.remote.never());
      await passes(limited, "pendingCalls");
    }));

  it("closes when more of its own calls wait for the other side than may", () =>
    withLimits({ pendingCalls: 10 }, async (_free, limited) => {
      const waiting = Array.from({ length: 11 }, () => rejection(limited.remote.never()));
      await passes(limited, "pendingCalls");
      for (const error of await Promise.all(waiting)) expect(error).to.include({ code: "pending-calls" });
    }));

  it("closes when the other side has more references than it may have", () =>
    withLimits({ leases: 10 }, async (free, limited) => {
      const held = await Promise.all(Array.from({ length: 10 }, () => free.remote.make()));
      expect(held).to.have.length(10);
      quiet([free.remote.make() as Promise<unknown>]);
      await passes(limited, "leases");
    }));

  it("closes when the other side gives it more references than it takes", () =>
    withLimits({ leases: 10 }, async (free, limited) => {
      quiet([free.remote.echo(Array.from({ length: 11 }, () => () => {})) as Promise<unknown>]);
      await passes(limited, "leases");
    }));

  it("goes on with what is released in time", () =>
    withLimits({ leases: 10 }, async (free, limited) => {
      for (let turn = 0; turn < 50; turn++) {
        const made = (await free.remote.make()) as unknown as Disposable;
        made[DISPOSE]();
      }
      expect(limited.stats().exports).to.be.below(10);
    }));

  it("has none that were not given", () =>
    withLimits({ callTimeout: 60_000 }, async (free) => {
      await Promise.all(Array.from({ length: 120_000 }, () => free.remote.touch()));
      expect(await free.remote.echo(text(20 << 20))).to.have.length(20 << 20);
    }));

  it("reads any number of messages at a time that bring what it has called for", async () => {
    const { port1, port2 } = new MessageChannel();
    const limited = new Core(port1);
    limited.limit(sessionLimits(undefined, undefined), true);
    const free = new Core(port2, { window: 1024 });
    const count = 34_000;
    const resolvers: (() => void)[] = [];
    const { promise: allCalled, resolve: called } = Promise.withResolvers<void>();
    const later = (): Promise<void> =>
      new Promise((resolve) => void (resolvers.push(resolve) === count && setTimeout(called)));
    free.expose(1, { later, touch: () => {} });
    const remote = createRemote<{ later(): void; touch(): void }>(() => limited.invoker, 1);
    const results = Promise.all(Array.from({ length: count }, () => remote.later()));
    await allCalled;
    // Behind it, this side knows that all results come later.
    await remote.touch();
    for (const resolve of resolvers) {
      resolve();
      // It leaves by itself, before this side gets to read any.
      for (let turn = 0; turn < 40; turn++) await undefined;
    }
    expect(await results).to.have.length(count);
    for (const session of [limited, free]) session.close(new Error("the test is over"));
  });
});

describe("a side that knows how much the other takes of one message", () => {
  leavesNothing();

  interface Texts {
    put(text: string): number;
    text(letter: string): string;
    list(letter: string): string[];
    start(letter: string): { put(text: string): number };
  }

  const MOST = 100_000;
  const PART = 10_000;
  const letters = Array.from({ length: 60 }, (_, index) => String.fromCharCode(65 + index));

  /** Runs the body with the remotes of both; the limits are those of the first, which the second knows. */
  async function withKnown(body: (limited: Remote<Texts>, known: Remote<Texts>) => Promise<unknown>): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    const limited = new Core(port1);
    limited.limit({ ...sessionLimits(undefined, undefined), messageBytes: MOST }, true);
    const knowing = new Core(port2, { window: 1024 });
    knowing.limitSending(MOST);
    const exposed: Texts = {
      put: ({ length }) => length,
      text: (letter) => letter.repeat(PART),
      list: (letter) => [letter.repeat(PART)],
      start: () => proxy({ put: ({ length }: string) => length }),
    };
    for (const session of [limited, knowing]) session.expose(1, exposed);
    const remotes = [limited, knowing].map((session) => createRemote<Texts>(() => session.invoker, 1));
    try {
      await body(remotes[0]!, remotes[1]!);
    } finally {
      for (const session of [limited, knowing]) session.close(new Error("the test is over"));
    }
  }

  it("sends what is called in one turn in as many messages as it takes", () =>
    withKnown(async (_, remote) => {
      const lengths = await Promise.all(letters.map((letter) => remote.put(letter.repeat(PART))));
      expect(lengths).to.deep.equal(letters.map(() => PART));
    }));

  it("sends what goes on from a result together with it", () =>
    withKnown(async (_, remote) => {
      const lengths = await Promise.all(letters.map((letter) => remote.start(letter).put(letter.repeat(PART))));
      expect(lengths).to.deep.equal(letters.map(() => PART));
    }));

  it("answers what was called in one turn with as many messages as it takes", () =>
    withKnown(async (remote) => {
      expect(await Promise.all(letters.map((letter) => remote.text(letter)))).to.deep.equal(
        letters.map((letter) => letter.repeat(PART)),
      );
      expect(await Promise.all(letters.map((letter) => remote.list(letter)))).to.deep.equal(
        letters.map((letter) => [letter.repeat(PART)]),
      );
    }));

  it("closes for what is too large by itself, and for what has to leave together", async () => {
    await withKnown(async (_, remote) => {
      expect(await rejection(remote.put("x".repeat(MOST)))).to.include({ code: "message-bytes" });
    });
    await withKnown(async (_, remote) => {
      const started = remote.start("x");
      const all = letters.map((letter) => started.put(letter.repeat(PART)));
      expect(await rejection(Promise.all(all))).to.include({ code: "message-bytes" });
    });
  });
});
