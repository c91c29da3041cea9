import type { createHost } from "leasehold";
import { withHeaders, type Served } from "./served.js";
import { until } from "./until.js";

/** A page of its own that hosts units: `test/pages/host.html`, with its own copy of the library. */
export interface HostPage {
  createHost: typeof createHost;
  /** What the page's policies refused, and what nobody caught in it. */
  violations: string[];
  document: Document;
}

/** Opens the page in a frame, served as asked for, hands it to `body`, and removes it. */
export async function withPage(
  served: Served,
  body: (page: HostPage) => unknown,
  path = "/test/pages/host.html",
): Promise<void> {
  const frame = document.createElement("iframe");
  frame.src = withHeaders(path, served);
  document.body.append(frame);
  try {
    const window = frame.contentWindow as Window & { page?: Omit<HostPage, "document"> };
    const page = await until("the page's script has run", () => window.page);
    await body({ ...page, document: window.document });
  } finally {
    frame.remove();
  }
}
