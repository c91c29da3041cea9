import { READY, type FrameRole } from "../remoting/guest-interface.js";
import { setContentSecurityPolicy } from "./content-security-policy.js";
import { trusted } from "../trusted.js";
import { ENDED } from "./ended.js";

/*
 * The script of a domain's own document. It runs before any unit code is there and becomes one of three things:
 *
 * frame:  an outer frame around the one in which the unit will be. Its policy closes the unit's own navigation, the one way
 *         out that neither sandbox nor the unit's own policy closes.
 * worker: a frame whose only script is this one, around the worker in which the unit will be.
 * realm:  the realm in which the unit will be.
 */

const guest = document.getElementById("guest")?.textContent ?? "";
const role = JSON.parse(window.name) as FrameRole;
window.name = "";

/** The page sees one thing of a domain that is gone: its frame loads a second time. */
function vanish(): void {
  location.replace("about:blank");
}

function becomeOuterFrame(): void {
  setContentSecurityPolicy("frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'");
  const inner = document.createElement("iframe");
  inner.setAttribute("sandbox", "allow-scripts");
  inner.allow = role.allow;
  inner.srcdoc = trusted.html(
    `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;background:transparent}#root{display:flow-root}</style>` +
      `<body><div id="root"></div><script>${guest}</script>`,
  );
  let loads = 0;
  inner.addEventListener("load", () => ++loads > 1 && vanish());
  const handOver = ({ source, data, ports }: MessageEvent): void => {
    if (source !== inner.contentWindow || data !== READY) return;
    removeEventListener("message", handOver);
    parent.postMessage(READY, "*", [...ports]);
  };
  addEventListener("message", handOver);
  document.body.append(inner);
}

function becomeWorker(): void {
  setContentSecurityPolicy(role.policy);
  const url = URL.createObjectURL(new Blob([guest], { type: "text/javascript" }));
  // A classic worker: Chromium starts no module worker from a Blob URL of an opaque origin.
  const worker = new Worker(trusted.scriptUrl(url));
  const { port1, port2 } = new MessageChannel();
  // Before the guest has answered, an error is one of starting; afterwards it is the unit's.
  worker.onerror = vanish;
  worker.onmessage = () => {
    URL.revokeObjectURL(url);
    worker.onerror = null;
    worker.onmessage = ({ data }) => data === ENDED && vanish();
    parent.postMessage(READY, "*", [port2]);
  };
  worker.postMessage(READY, [port1]);
}

function becomeRealm(): void {
  const script = document.createElement("script");
  script.text = trusted.script(guest);
  const root = document.createElement("div");
  root.id = "root";
  document.body.append(root, script);
}

// The parser has not made a body yet; the script stands in what will be the head.
addEventListener(
  "DOMContentLoaded",
  { frame: becomeOuterFrame, worker: becomeWorker, realm: becomeRealm }[role.isolation],
);
