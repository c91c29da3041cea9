import type { Group, Vector } from "../support/vector.js";

/** A vector that puts markup into the document. */
const markup = (name: string, html: string, rest: Partial<Vector> = {}): Vector => ({
  name,
  seen: "http",
  // The text of a try is all that travels.
  run: new Function(
    "to",
    `const box = document.createElement("div");
    document.body.append(box);
    box.innerHTML = ${JSON.stringify(html)}.replaceAll("URL", to.url);`,
  ) as Vector["run"],
  ...rest,
});

const style = (name: string, css: string): Vector => ({
  name,
  seen: "http",
  run: new Function(
    "to",
    `const style = document.createElement("style");
    style.textContent = ${JSON.stringify(css)}.replaceAll("URL", to.url).replaceAll("styled", to.id);
    document.head.append(style);
    document.body.append(Object.assign(document.createElement("i"), { className: to.id, textContent: "styled" }));`,
  ) as Vector["run"],
});

/** What a peer connection tries, by the address of its ICE server. */
const rtc = (name: string, seen: Vector["seen"], server: string, rest: Partial<Vector> = {}): Vector => ({
  name,
  seen,
  absent: ["webkit"],
  run: new Function(
    "to",
    `const urls = ${JSON.stringify(server)}.replace("TCP", to.tcp).replace("UDP", to.udp).replace("NAME", to.name);
    const peer = new RTCPeerConnection({ iceServers: [{ urls, username: "u", credential: "c" }] });
    peer.createDataChannel("d");
    return peer.createOffer().then((offer) => peer.setLocalDescription(offer)).then(() => {});`,
  ) as Vector["run"],
  ...rest,
});

const plain: Vector[] = [
  { name: "fetch", seen: "http", worker: true, run: (to) => fetch(to.url) },
  { name: "fetch, no-cors", seen: "http", worker: true, run: (to) => fetch(to.url, { mode: "no-cors" }) },
  { name: "fetch, keepalive", seen: "http", worker: true, run: (to) => fetch(to.url, { keepalive: true }) },
  {
    name: "fetch, of a name",
    seen: "lookup",
    worker: true,
    run: (to) => void fetch(`http://${to.name}/`).catch(() => {}),
  },
  {
    name: "fetch, of the page's own origin",
    seen: "value",
    worker: true,
    run: (to) => fetch(`${to.page}/package.json`).then(({ ok }) => ok),
  },
  {
    name: "fetchLater",
    absent: ["firefox", "webkit"],
    seen: "http",
    run: (to) =>
      void (globalThis as unknown as { fetchLater(url: string, init: object): unknown }).fetchLater(to.url, {
        activateAfter: 0,
      }),
  },
  {
    name: "XMLHttpRequest",
    seen: "http",
    worker: true,
    run(to) {
      const request = new XMLHttpRequest();
      request.open("GET", to.url);
      request.send();
    },
  },
  {
    name: "XMLHttpRequest, synchronous",
    seen: "http",
    worker: true,
    run(to) {
      const request = new XMLHttpRequest();
      request.open("GET", to.url, false);
      request.send();
    },
  },
  { name: "sendBeacon", seen: "http", run: (to) => void navigator.sendBeacon(to.url, "taken") },
  { name: "WebSocket", seen: "http", worker: true, run: (to) => void new WebSocket(to.url.replace("http", "ws")) },
  {
    name: "WebSocketStream",
    absent: ["firefox", "webkit"],
    seen: "http",
    worker: true,
    run(to) {
      const { WebSocketStream } = globalThis as unknown as {
        WebSocketStream: new (url: string) => { opened: Promise<unknown> };
      };
      return new WebSocketStream(to.url.replace("http", "ws")).opened.catch(() => {});
    },
  },
  { name: "EventSource", seen: "http", worker: true, run: (to) => void new EventSource(to.url) },
  {
    name: "WebTransport",
    absent: ["webkit"],
    seen: "udp",
    worker: true,
    run(to) {
      const transport = new WebTransport(`https://127.0.0.1:${to.udp}/`);
      transport.ready.catch(() => {});
      transport.closed.catch(() => {});
    },
  },
  { name: "import()", seen: "http", worker: true, run: (to) => import(/* @vite-ignore */ `${to.url}.js`) },
  {
    name: "import() of https",
    seen: "tcp",
    worker: true,
    run: (to) => void import(/* @vite-ignore */ `https://127.0.0.1:${to.tcp}/x.js`).catch(() => {}),
  },
  {
    name: "importScripts()",
    seen: "http",
    worker: true,
    document: false,
    run: (to) => (globalThis as unknown as { importScripts(url: string): void }).importScripts(`${to.url}.js`),
  },
  {
    name: "FontFace",
    absentInWorkers: ["webkit"],
    seen: "http",
    worker: true,
    run: (to) => new FontFace("attack", `url(${to.url}.woff2)`).load(),
  },
  {
    name: "script",
    seen: "http",
    run(to) {
      document.head.append(Object.assign(document.createElement("script"), { src: `${to.url}.js` }));
    },
  },
  {
    name: "script, module",
    seen: "http",
    run(to) {
      document.head.append(Object.assign(document.createElement("script"), { type: "module", src: `${to.url}.js` }));
    },
  },
  {
    name: "ping of an anchor",
    leaves: true, // in WebKit
    uncontrolled: { firefox: "Firefox sends none unless its user has said so" },
    seen: "http",
    run(to) {
      const anchor = document.createElement("a");
      anchor.href = `${location.href.split("#")[0]}#here`;
      anchor.ping = to.url;
      document.body.append(anchor);
      anchor.click();
    },
  },
  {
    name: "CSP report-uri",
    leaves: true, // the policy stays
    seen: "http",
    uncontrolled: "a meta element, the one place where a unit could write it, takes no report-uri",
    run(to) {
      const meta = document.createElement("meta");
      meta.httpEquiv = "Content-Security-Policy";
      meta.content = `img-src http://allowed.invalid; report-uri ${to.url}`;
      document.head.append(meta);
      new Image().src = "data:,";
    },
  },
  {
    name: "Reporting endpoints",
    seen: "http",
    uncontrolled: "endpoints come by a response header, which a unit has not",
    run(to) {
      const meta = document.createElement("meta");
      meta.httpEquiv = "Reporting-Endpoints";
      meta.content = `default="${to.url}"`;
      document.head.append(meta);
      (document as unknown as { webkitCancelFullScreen?(): void }).webkitCancelFullScreen?.();
    },
  },
  {
    name: "payment manifest",
    absent: ["firefox", "webkit"],
    seen: "tcp",
    run(to) {
      const method = { supportedMethods: `https://127.0.0.1:${to.tcp}/pay` };
      const total = { label: "t", amount: { currency: "EUR", value: "1" } };
      return new PaymentRequest([method], { total }).canMakePayment();
    },
  },
];

const embedded: Vector[] = [
  markup("image", `<img src="URL.svg">`),
  markup("image, srcset", `<img srcset="URL.svg 1x">`),
  markup("image, picture", `<picture><source srcset="URL.svg"><img></picture>`),
  markup("image, as a button", `<input type="image" src="URL.svg">`),
  markup("image, of a table", `<table background="URL.svg"><tr><td>1</table>`),
  markup("SVG, image", `<svg><image href="URL.svg" width="9" height="9"/></svg>`),
  markup("SVG, use", `<svg><use href="URL.svg#x"/></svg>`, {
    uncontrolled: "use takes nothing from another origin",
  }),
  markup(
    "SVG, feImage",
    `<svg><filter id="f"><feImage href="URL.svg"/></filter><rect filter="url(#f)" width="9" height="9"/></svg>`,
  ),
  markup(
    "SVG, inside an image",
    `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='URL.svg'/></svg>">`,
    {
      uncontrolled: "an image loads nothing more",
    },
  ),
  markup("audio", `<audio preload="auto" src="URL.mp3"></audio>`),
  markup("video", `<video preload="auto" src="URL.mp4"></video>`),
  markup("video, source", `<video preload="auto"><source src="URL.mp4"></video>`),
  markup("video, poster", `<video poster="URL.svg"></video>`),
  {
    name: "track",
    seen: "http",
    run(to) {
      const video = document.createElement("video");
      const track = Object.assign(document.createElement("track"), { src: `${to.url}.vtt`, kind: "captions" });
      video.crossOrigin = "anonymous";
      video.append(track);
      document.body.append(video);
      track.track.mode = "showing";
    },
  },
  style("CSS, url()", ".styled { background: url(URL.svg); }"),
  style("CSS, image-set()", `.styled { background: image-set("URL.svg" 1x); }`),
  style("CSS, mask", ".styled { display: block; mask: url(URL.svg); }"),
  style("CSS, list-style", ".styled { display: list-item; list-style: url(URL.svg); }"),
  style("CSS, content", `.styled::before { content: url(URL.svg); }`),
  style("CSS, cursor", ".styled { cursor: url(URL.svg), auto; }"),
  style("CSS, @import", "@import url(URL.css);"),
  style("CSS, @font-face", "@font-face { font-family: attack; src: url(URL.woff2); } .styled { font-family: attack; }"),
  rtc("WebRTC, STUN", "udp", "stun:127.0.0.1:UDP"),
  rtc("WebRTC, TURN over TCP", "tcp", "turn:127.0.0.1:TCP?transport=tcp"),
  rtc("WebRTC, a name", "lookup", "stun:NAME:3478"),
];

export const connections: Group = { name: "connections", vectors: [...plain, ...embedded] };
