/** @typedef {"frame" | "worker"} Kind in a sandboxed frame of an opaque origin, or in a worker inside such a frame */

/** A string literal that may stand inside a script element. */
const literal = (text) => JSON.stringify(text).replaceAll("<", "\\u003c");

/** Script of the worker's frame: starts the worker, and gives it what the page sends. */
const inWorker = (code) => `
  const url = URL.createObjectURL(new Blob([${literal(code)}]));
  const worker = new Worker(url);
  worker.onmessage = ({ data }) => parent.postMessage(data, "*");
  addEventListener("message", ({ data, ports }) => worker.postMessage(data, ports));
`;

/**
 * Runs a classic script in a sandboxed frame, or in a worker inside one, with nothing of a library around it.
 * @param {Kind} kind
 * @param {string} code
 */
export function bareFrame(kind, code) {
  const frame = document.createElement("iframe");
  frame.sandbox.add("allow-scripts");
  frame.hidden = true;
  frame.srcdoc = `<!doctype html><script>${kind === "worker" ? inWorker(code) : code}</script>`;
  document.body.append(frame);
  return frame;
}

/**
 * A bare domain with a port: `code` finds it as `port`, and says when it is ready by a first message.
 * @param {Kind} kind
 * @param {string} code
 * @returns {Promise<{ port: MessagePort, close(): void }>}
 */
export async function openBareDomain(kind, code) {
  const frame = bareFrame(
    kind,
    `addEventListener("message", ({ ports: [port] }) => { port.postMessage("ready"); ${code} }, { once: true });`,
  );
  await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  const { port1: port, port2 } = new MessageChannel();
  frame.contentWindow.postMessage(null, "*", [port2]);
  await nextMessage(port);
  return {
    port,
    close() {
      port.close();
      frame.remove();
    },
  };
}

/** The data of the next message on a port. */
export function nextMessage(port) {
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
}
