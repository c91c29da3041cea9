import type { Group, Vector } from "../support/vector.js";

/** Why a frame whose document has no headers of its own lets it through. */
const noDirective =
  "no directive that a meta element can have stops it in Chromium; headers do, of a served frame document or of the page";
const inFirefox = "nothing that a document or a server says stops it in Firefox";
const inWebKit = "nothing that a document or a server says stops it in WebKit";
const both = (reason: string): { frame: string; "served frame": string } => ({ frame: reason, "served frame": reason });
const open = { chromium: { frame: noDirective }, firefox: both(inFirefox), webkit: both(inWebKit) };

/** What the engine does for the top document only. */
const ofTheTop = "only the top document's counts";
const uncontrolled: Record<string, Vector["uncontrolled"]> = {
  prerender: ofTheTop,
  icon: ofTheTop,
  manifest: ofTheTop,
  next: { chromium: "Chromium does not act on it any more", webkit: "WebKit does not act on it" },
  prefetch: { webkit: "WebKit does not do it unless its user has said so" },
};

const vectors: Vector[] = [
  {
    name: "preconnect",
    open,
    seen: "tcp",
    run(to) {
      const link = document.createElement("link");
      link.rel = "preconnect";
      link.href = `http://127.0.0.1:${to.tcp}`;
      document.head.append(link);
    },
  },
  {
    name: "preconnect, to a name",
    open,
    seen: "lookup",
    run(to) {
      const link = document.createElement("link");
      link.rel = "preconnect";
      link.href = `https://${to.name}`;
      document.head.append(link);
    },
  },
  {
    name: "dns-prefetch",
    open,
    seen: "lookup",
    run(to) {
      const link = document.createElement("link");
      link.rel = "dns-prefetch";
      link.href = `https://${to.name}`;
      document.head.append(link);
    },
  },
  ...[["preconnect", "tcp", "http://127.0.0.1:TCP"] as const, ["dns-prefetch", "lookup", "https://NAME"] as const].map(
    ([rel, seen, address]): Vector => ({
      name: `${rel}, in a nested srcdoc`,
      seen,
      // WebKit loads no third srcdoc frame inside two.
      open: { ...open, webkit: { "served frame": inWebKit } },
      run: new Function(
        "to",
        `const frame = document.createElement("iframe");
        frame.srcdoc = '<link rel="${rel}" href="${address}">'.replace("TCP", to.tcp).replace("NAME", to.name);
        document.body.append(frame);`,
      ) as Vector["run"],
    }),
  ),
  ...["prefetch", "prerender", "modulepreload", "stylesheet", "icon", "manifest", "next"].map((rel) => ({
    name: `link, ${rel}`,
    ...(rel in uncontrolled && { uncontrolled: uncontrolled[rel]! }),
    seen: "http" as const,
    // The text of a try is all that travels.
    run: new Function(
      "to",
      `const link = document.createElement("link");
      link.rel = ${JSON.stringify(rel)};
      link.href = to.url + ".js";
      document.head.append(link);`,
    ) as Vector["run"],
  })),
  ...["script", "style", "image", "font", "fetch", "track"].map((kind) => ({
    name: `link, preload as ${kind}`,
    ...(kind === "track" && { uncontrolled: { firefox: "Firefox preloads no tracks" } }),
    seen: "http" as const,
    run: new Function(
      "to",
      `const link = document.createElement("link");
      link.rel = "preload";
      link.as = ${JSON.stringify(kind)};
      link.crossOrigin = "anonymous";
      link.href = to.url + ".js";
      document.head.append(link);`,
    ) as Vector["run"],
  })),
  ...["prefetch", "prerender"].map((action) => ({
    name: `speculation rules, ${action}`,
    uncontrolled: ofTheTop,
    seen: "http" as const,
    run: new Function(
      "to",
      `const script = document.createElement("script");
      script.type = "speculationrules";
      script.text = JSON.stringify({ ${action}: [{ source: "list", urls: [to.url + ".html"], eagerness: "immediate" }] });
      document.head.append(script);`,
    ) as Vector["run"],
  })),
];

export const hints: Group = { name: "hints", vectors };
