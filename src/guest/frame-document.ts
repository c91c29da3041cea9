import { PRESSED, READY, Told, type Wall } from "../remoting/guest-interface.js";
import { setContentSecurityPolicy } from "./content-security-policy.js";
import { trusted } from "../trusted.js";
import { ENDED } from "./ended.js";
import { readRole } from "./read-role.js";
import { navigationClosed } from "./walls/navigation-closed.js";
import { parentClosed } from "./walls/parent-closed.js";
import { storageClosed } from "./walls/storage-closed.js";

/*
 * The script of a domain's own document. It runs before any unit code is there and becomes one of three things:
 *
 * frame:  an outer frame around the one in which the unit will be. Its policy closes the unit's own navigation, the one way
 *         out that neither sandbox nor the unit's own policy closes.
 * worker: a frame whose only script is this one, around the worker in which the unit will be.
 * realm:  the realm in which the unit will be.
 */

const guest = document.getElementById("guest")?.textContent ?? "";

/** The page sees one thing of a domain that is gone: its frame loads a second time. */
function vanish(): void {
  location.replace("about:blank");
}

function tell(type: string, ...texts: string[]): void {
  parent.postMessage([type, ...texts], "*");
}

/** Hands the port to the page, if the walls are up; else tells which are not. */
async function handOver(port: MessagePort, closed: [Wall, boolean | Promise<boolean>][]): Promise<void> {
  const probed = await Promise.all(closed.map(async ([wall, isClosed]) => ({ wall, isClosed: await isClosed })));
  const down = probed.filter(({ isClosed }) => !isClosed).map(({ wall }) => wall);
  if (down.length > 0) return tell(Told.down, ...down);
  // Before there is anybody in there whose doing it could be.
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === "frame-src") tell(Told.left, blockedURI);
  });
  parent.postMessage(READY, "*", [port]);
}

function becomeOuterFrame({ allow, sandbox }: { allow: string; sandbox: string }): void {
  setContentSecurityPolicy("frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'");
  const navigation = navigationClosed();
  const inner = document.createElement("iframe");
  inner.setAttribute("sandbox", sandbox);
  inner.allow = allow;
  inner.srcdoc = trusted.html(
    `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;background:transparent}#root{display:flow-root}</style>` +
      `<body><div id="root"></div><script>${guest}</script>`,
  );
  let loads = 0;
  inner.addEventListener("load", () => ++loads > 1 && vanish());
  const receive = ({ source, data, ports: [port] }: MessageEvent): void => {
    if (source !== inner.contentWindow || data !== READY || !port) return;
    removeEventListener("message", receive);
    void handOver(port, [["navigation", navigation]]);
  };
  addEventListener("message", receive);
  // A press in the unit counts in the frames around it; one in the page does not count in here, and the unit cannot feign any.
  addEventListener("message", ({ source, data, ports: [port] }) => {
    if (source === parent && data === PRESSED) port?.postMessage(navigator.userActivation.isActive);
  });
  document.body.append(inner);
}

function becomeWorker({ policy }: { policy: string }): void {
  setContentSecurityPolicy(policy);
  const url = URL.createObjectURL(new Blob([guest], { type: "text/javascript" }));
  // A classic worker: Chromium starts no module worker from a Blob URL of an opaque origin.
  const worker = new Worker(trusted.scriptUrl(url));
  const { port1, port2 } = new MessageChannel();
  // Before the guest has answered, an error is one of starting; afterwards it is the unit's.
  worker.onerror = vanish;
  worker.onmessage = ({ data }) => {
    if (data !== READY) return;
    URL.revokeObjectURL(url);
    worker.onerror = null;
    worker.onmessage = ({ data }) => data === ENDED && vanish();
    void handOver(port2, []);
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

async function start(): Promise<void> {
  const role = readRole();
  if (!role) return;
  if (role.isolation === "realm") return becomeRealm();
  const isClosed = parentClosed();
  if (!isClosed) return tell(Told.down, "parent access", ...((await storageClosed()) ? [] : ["storage"]));
  if (role.isolation === "frame") becomeOuterFrame(role);
  else becomeWorker(role);
}

// The parser has not made a body yet; the script stands in what will be the head.
addEventListener("DOMContentLoaded", () => void start());
