import { DISPOSE } from "../../../src/dispose.js";
import { createRemote, Session, type Remote } from "../../../src/remoting/index.js";
import { WirePort } from "../model/wire-port.js";
import { createPage, type Page } from "./page.js";
import { PAGE } from "./raw-peer.js";

/** What an honest peer exposes to the page. */
const service = {
  add: (a: number, b: number) => a + b,
  echo: (value: unknown) => value,
  fail: () => {
    throw new TypeError("no");
  },
  make: () => ({ list: [1, () => 2], at: new Map([["one", { two: 2 }]]) }),
  soon: async () => new Set([1, "two"]),
  long: () => "x".repeat(100),
};

type Anything = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** A page with its session, and what it does with its peer at the beginning. */
export interface OpenPage {
  page: Page;
  session: Session;
  end: WirePort;
}

/** Opens a page's session on one end of a wire. The page calls its peer, so that there is something to reply to. */
export function openPage(end: WirePort): OpenPage {
  const page = createPage();
  const session = new Session(end.port);
  session.expose(PAGE, page);
  const peer = createRemote(() => session.invoker, PAGE) as unknown as Anything;
  const calls = [
    peer.add!(1, 2),
    peer.fail!(),
    peer.make!(),
    peer.soon!(),
    peer.echo!(() => 1),
    session.chunk(PAGE, plan),
  ];
  const quiet = [peer.long!(), peer.make!()];
  keep(quiet);
  calls.push(peer.echo!(quiet));
  for (const call of calls) call.catch(() => {});
  return { page, session, end };
}

/** Held, or the collector would drop what they are kept for in its own time. */
function keep(promises: unknown[]): void {
  kept.push(promises);
  if (kept.length > 1000) kept.length = 0;
}
const kept: unknown[] = [];

const plan = (root: never): unknown => [(root as Anything).add!(1, 2), (root as Anything).make!()];

type Act = (page: Remote<Page> & Anything, session: Session) => unknown;

/** What an honest peer does, round by round. */
const acts: Record<string, Act[]> = {
  calls: [
    (page) => [page.touch(1, 2), page.echo({ deep: [1, { list: [2] }] }), page.inner.twice(2), page.account.balance],
    (page) => [page.touch(), page.touch(), page.touch(), page.fail(), page.later("x")],
  ],
  references: [
    (page) => [page.call((value: unknown) => [value]), page.echo([() => 1, page.inner, { page }])],
    async (page) => {
      const f = (await page.hand()) as unknown as () => Promise<string>;
      const account = (await page.account.self()) as unknown as Anything & Disposable;
      await Promise.all([f(), account.deposit!(1)]);
      account[DISPOSE]();
    },
  ],
  results: [
    (page) => {
      const made = page.echo({ inner: [1, 2, 3] }) as unknown as { inner: Promise<unknown> };
      return page.echo([made, made.inner]);
    },
    async (page) => {
      const quiet = page.echo(["kept"]) as Promise<unknown> & Disposable;
      await page.touch();
      await quiet;
      quiet[DISPOSE]();
    },
    (page) => {
      const failed = page.fail() as unknown as { x(): Promise<unknown> };
      return failed.x();
    },
  ],
  values: [
    (page) => page.echo([new Map([[() => 1, { of: 1 }]]), new Set([() => 2, 1]), new Date(0), new Uint8Array(2)]),
    (page) => page.echo(Object.assign(new RangeError("r"), { cause: new Error("c", { cause: [() => 1] }), extra: 1 })),
    (page) => page.echo(new AggregateError([new Error("1"), () => 2], "all")),
  ],
  promises: [
    (page) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      setTimeout(() => resolve([1]), 1);
      return [page.echo({ promise }), page.call(async () => promise)];
    },
    (page) => page.never(),
    (page) => page.soon(),
  ],
  signals: [
    (page) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error("enough")), 1);
      return [page.echo([controller.signal, controller.signal]), page.echo(AbortSignal.abort("long ago"))];
    },
    (page) => page.touch(),
  ],
  streams: [
    (page) => page.echo(new ReadableStream({ start: (controller) => (controller.enqueue(1), controller.close()) })),
    (page) => page.echo(new WritableStream()),
    async (page) => {
      const reader = ((await page.readable()) as unknown as ReadableStream).getReader();
      await reader.read();
      await reader.cancel("enough");
    },
  ],
  plans: [
    (_page, session) =>
      session.chunk(PAGE, (root: never) => {
        const page = root as unknown as {
          list: { map(f: unknown): unknown };
          account: Anything;
          echo(v: unknown): { a: unknown };
          hand(): () => unknown;
          Account: new () => Anything;
        };
        return {
          all: page.list.map((item: unknown, index: unknown) => [item, page.echo({ a: item, index }).a]),
          one: page.account.deposit!(1),
          called: page.hand()(),
          made: new page.Account().deposit!(2),
          set: new Set([page.echo(1)]),
        };
      }),
    (page) => new (page.Account as unknown as new () => { deposit(n: number): unknown })().deposit(1),
  ],
  iteration: [
    async (page) => {
      for await (const item of (await page.forever()) as unknown as AsyncIterable<number>) if (item > 0) break;
    },
    async (page) => {
      for await (const _item of page.map as unknown as AsyncIterable<unknown>);
    },
  ],
};

/** What an honest peer sent to a page, in the groups in which it arrived. */
export type Conversation = unknown[][];

/** Has honest peers speak with a page, and writes down what they say. */
export async function record(): Promise<Conversation[]> {
  return Promise.all(Object.values(acts).map(recordOne));
}

async function recordOne(list: Act[]): Promise<Conversation> {
  const [end, other] = WirePort.pair();
  const { session } = openPage(end);
  const peer = new Session(other.port);
  peer.expose(PAGE, service);
  const page = createRemote(() => peer.invoker, PAGE) as unknown as Remote<Page> & Anything;
  const conversation: Conversation = [];
  const todo = [...list];
  for (let round = 0; round < 30 && (todo.length > 0 || round < 8 + list.length); round++) {
    const act = todo.shift();
    if (act) for (const result of [act(page, peer)].flat()) Promise.resolve(result).catch(() => {});
    await nextTasks();
    // Cloned, for the page is given the original.
    conversation.push(structuredClone(end.arriving.filter(isCloneable)));
    while (end.arriving.length > 0) end.deliver();
    while (other.arriving.length > 0) other.deliver();
  }
  session.close(new Error("recorded"));
  peer.close(new Error("recorded"));
  while (conversation.at(-1)?.length === 0) conversation.pop();
  return conversation;
}

function isCloneable(message: unknown): boolean {
  try {
    structuredClone(message);
    return true;
  } catch {
    return false;
  }
}

/** Long enough for what was promised, and for the answers of what is slow. */
export async function nextTasks(): Promise<void> {
  // A timer that is set by a timer waits for 4 ms; one that is set by a message does not.
  for (let count = 0; count < 2; count++) await nextMessage().then(() => new Promise((resolve) => setTimeout(resolve)));
}

const { port1, port2 } = new MessageChannel();

const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(0);
  });
}
