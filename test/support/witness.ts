/**
 * Watches what this page has created and not given back, by standing in front of the platform's own functions. Import it
 * before the code it is to watch creates anything; it keeps nothing alive.
 */

/** Something created and not given back yet, and by whom. */
export interface Live {
  what: string;
  site: string;
}

const urls = new Map<string, Live>();
const workers = new Set<Live>();
const channels = new Set<Live>();
const unhandled: Live[] = [];

/** Where the caller of the watched function stands; the test framework's own frames tell nothing. */
const site = (): string => ownFrames(new Error().stack?.split("\n").filter(isFrame).slice(2));

const ownFrames = (lines: string[] = []): string =>
  lines
    .filter((line) => isFrame(line) && !line.includes("__web-test-runner__"))
    .slice(0, 6)
    .join("\n");

/** Whether a line of a stack is of code; in Chromium the first is the error itself. */
const isFrame = (line: string): boolean => /:\d+:\d+\)?$/.test(line);

const { createObjectURL, revokeObjectURL } = URL;
URL.createObjectURL = (object) => {
  const url = createObjectURL.call(URL, object);
  urls.set(url, { what: `Blob URL ${url}`, site: site() });
  return url;
};
URL.revokeObjectURL = (url) => {
  urls.delete(url);
  revokeObjectURL.call(URL, url);
};

const workerRecords = new WeakMap<Worker, Live>();
globalThis.Worker = new Proxy(Worker, {
  construct(target, args, newTarget) {
    const worker = Reflect.construct(target, args, newTarget) as Worker;
    const record = { what: `worker ${args[0]}`, site: site() };
    workers.add(record);
    workerRecords.set(worker, record);
    return worker;
  },
});
const { terminate } = Worker.prototype;
Worker.prototype.terminate = function () {
  const record = workerRecords.get(this);
  if (record) workers.delete(record);
  terminate.call(this);
};

/** A channel counts as given back once this page has closed either end: the other has usually been transferred away. */
const channelRecords = new WeakMap<MessagePort, Live>();
globalThis.MessageChannel = new Proxy(MessageChannel, {
  construct(target, args, newTarget) {
    const channel = Reflect.construct(target, args, newTarget) as MessageChannel;
    const record = { what: "message channel with neither port closed", site: site() };
    channels.add(record);
    channelRecords.set(channel.port1, record).set(channel.port2, record);
    return channel;
  },
});
const { close } = MessagePort.prototype;
MessagePort.prototype.close = function () {
  const record = channelRecords.get(this);
  if (record) channels.delete(record);
  close.call(this);
};

addEventListener("unhandledrejection", ({ reason }) => {
  const { message, stack } = reason instanceof Error ? reason : { message: String(reason), stack: "" };
  unhandled.push({ what: `unhandled rejection: ${message}`, site: ownFrames(stack?.split("\n")) });
});

function* iframesIn(root: Document | ShadowRoot): Generator<Live> {
  for (const element of root.querySelectorAll("*")) {
    if (element instanceof HTMLIFrameElement) yield { what: `${element.outerHTML.slice(0, 80)}…`, site: "" };
    if (element.shadowRoot) yield* iframesIn(element.shadowRoot);
  }
}

/** What is alive in this page at this moment. Frames in closed shadow roots and inside other frames are not seen. */
export function alive(): Record<"iframes" | "urls" | "workers" | "channels" | "unhandled", Live[]> {
  return {
    iframes: [...iframesIn(document)],
    urls: [...urls.values()],
    workers: [...workers],
    channels: [...channels],
    unhandled: [...unhandled],
  };
}
