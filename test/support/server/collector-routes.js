import { frameHeaders } from "leasehold/vite";
import { Collector } from "./collector.js";
import { readStatic } from "../../../scripts/lib/read-static.js";

/**
 * Puts `/support/collector/…` into the test server, all as JSON: `origin`; `ports?tcp=2&udp=1`, that many new ports of each
 * kind; `arrived`, what has reached the collector. And `/support/frame.html?network=<origin>`: the frame document as users are
 * told to serve it, where units may be granted those origins.
 */
export function collectorRoutes() {
  const collector = new Collector();
  let origin;
  const answers = {
    origin: () => origin,
    async ports(query) {
      const some = (kind, make) => Promise.all(Array.from({ length: Number(query.get(kind) ?? 0) }, make));
      return { tcp: await some("tcp", () => collector.tcpPort()), udp: await some("udp", () => collector.udpPort()) };
    },
    arrived: () => collector.arrived,
  };
  return {
    plugin: {
      name: "collector-routes",
      async serverStart() {
        origin = await collector.start();
      },
      async serverStop() {
        collector.stop();
      },
      async serve({ path, querystring }) {
        const answer = path.startsWith("/support/collector/") && answers[path.split("/")[3]];
        if (!answer) return undefined;
        const body = JSON.stringify(await answer(new URLSearchParams(querystring)));
        return { body, type: "json", headers: { "cache-control": "no-store" } };
      },
    },
    async middleware(context, next) {
      if (context.path !== "/support/frame.html") return next();
      context.body = (await readStatic("/dist/frame.html")).body;
      context.type = "text/html; charset=utf-8";
      const network = new URLSearchParams(context.querystring).getAll("network");
      context.set(Object.fromEntries(frameHeaders({ network })));
    },
  };
}
