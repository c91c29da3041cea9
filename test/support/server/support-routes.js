import { readdirSync } from "node:fs";
import { OtherOrigin } from "./other-origin.js";
import { responses } from "./responses.js";

/**
 * Puts `/support/…` into the test server: the misbehaving responses, `other-origin` (its origin as text), `requests`
 * (as JSON, what the other origin was asked for that contains `about`) and `documents` (as JSON, the names of those in docs/).
 */
export function supportRoutes() {
  const other = new OtherOrigin();
  let origin;
  return {
    plugin: {
      name: "support-routes",
      async serverStart() {
        origin = await other.start();
      },
      async serverStop() {
        other.stop();
      },
      serve(context) {
        if (context.path === "/support/other-origin") return { body: origin, type: "text" };
        if (context.path === "/support/documents") return { body: JSON.stringify(documents()), type: "json" };
        if (context.path !== "/support/requests") return undefined;
        const about = new URLSearchParams(context.querystring).get("about") ?? "";
        return { body: JSON.stringify(other.requests(about)), type: "json", headers: { "cache-control": "no-store" } };
      },
    },
    async middleware(context, next) {
      const respond = context.path.startsWith("/support/") && responses[context.path.split("/")[2]];
      if (!respond) return next();
      context.respond = false; // the response is written past Koa: it may never end, and nothing may transform it
      context.res.statusCode = 200; // Koa sets out from 404
      await respond(context.req, context.res, new URL(context.url, "http://tests.invalid"));
    },
  };
}

const documents = () => readdirSync(new URL("../../../docs/", import.meta.url)).filter((name) => name.endsWith(".md"));
