import { expect } from "chai";
import { frameHeaders } from "../../src/vite/frame-headers.js";
import { leavesNothing } from "../support/baseline.js";
import { inEngine } from "../support/engine.js";
import { isolations } from "../support/every-isolation.js";
import { withHeaders } from "../support/served.js";

/** What test/pages/strict.js tells. */
interface Told {
  /** What came of the life; or name, code and message of its error, and after how many milliseconds it came. */
  outcome: Record<string, unknown>;
  /** Whether anything is left, once the host is disposed of. */
  left: boolean;
  isIsolated: boolean;
  violations: string[];
}

const embedding = { "Cross-Origin-Embedder-Policy": "require-corp" };
const strict = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self'; style-src 'self'";

/** As docs/hosting.md has it for a page that is isolated from other origins. */
const frameUrl = withHeaders("/dist/frame.html", {
  headers: { ...Object.fromEntries(frameHeaders()), ...embedding, "Cross-Origin-Resource-Policy": "cross-origin" },
});

/** Opens a page that lives that life under the strictest policy, and resolves with what it tells before it closes. */
async function lived(life: string, trustedTypes: string): Promise<Told> {
  const page = withHeaders("/test/pages/strict.html", {
    csp: `${strict}; require-trusted-types-for 'script'; trusted-types ${trustedTypes}`,
    headers: { "Cross-Origin-Opener-Policy": "same-origin", ...embedding },
  });
  const channel = new BroadcastChannel(crypto.randomUUID());
  try {
    return await new Promise<Told>((resolve) => {
      channel.onmessage = ({ data }) => resolve(data as Told);
      open(`${page}#${new URLSearchParams({ life, frameUrl, channel: channel.name })}`);
    });
  } finally {
    channel.close();
  }
}

function expectClean({ left, isIsolated, violations }: Told): void {
  expect({ left, isIsolated, violations }).to.deep.equal({ left: false, isIsolated: true, violations: [] });
}

function expectWhole({ outcome }: Told, isShown: boolean): void {
  expect(outcome).to.deep.equal({
    isShown,
    answers: { called: 2, imported: 4, evaluated: 42, compiled: 8, inside: 4, planned: 10, generated: 12 },
    reasons: ["requested", "requested"],
  });
}

/** In WebKit, which has no workers there: at once, and with what to do. */
function expectAdvice({ outcome }: Told): void {
  expect(outcome).to.include({ name: "LoadError", code: "domain-blocked" });
  expect(outcome["message"]).to.match(/WebKit starts no worker .*Cross-Origin-Embedder-Policy.*isolation "frame"/);
  expect(outcome["after"]).to.be.below(3000);
}

describe("a page that allows no inline script, no eval, no blob: and no Trusted Types, isolated from other origins, with a frameUrl", () => {
  leavesNothing();

  for (const isolation of isolations) {
    it(`gives a unit and a generated one their whole lives in a ${isolation}, and refuses nothing of it`, async () => {
      const told = await lived(isolation, "'none'");
      if (isolation === "worker" && inEngine({ chromium: false, firefox: false, webkit: true })) expectAdvice(told);
      else expectWhole(told, isolation !== "worker");
      expectClean(told);
    });
  }

  it("shows a view in <unit-view>, whose styles it allows, with no policy but Lit's", async () => {
    const told = await lived("elements", "lit-html");
    expect(told.outcome).to.deep.equal({
      events: ["unit-load", "unit-error"],
      stage: "grid",
      visibility: "visible",
      notice: "http-status",
      isHigh: true,
      keepsHeight: true,
    });
    expectClean(told);
  });
});
