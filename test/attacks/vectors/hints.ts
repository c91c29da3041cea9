import type { Group, Vector } from "../support/vector.js";

const vectors: Vector[] = [
  {
    name: "preconnect",
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
    seen: "lookup",
    run(to) {
      const link = document.createElement("link");
      link.rel = "dns-prefetch";
      link.href = `https://${to.name}`;
      document.head.append(link);
    },
  },
  ...["prefetch", "prerender", "modulepreload", "stylesheet", "icon", "manifest", "next"].map((rel) => ({
    name: `link, ${rel}`,
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
