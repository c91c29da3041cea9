/**
 * A page that nobody can reach, because it is isolated from other origins: it lives the lives of units that its address names, and
 * tells on a channel what came of them, and what its policies refused. `#life=worker&frameUrl=…&channel=…`
 */
const violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
  // That is the browser's own wish.
  if (!blockedURI.endsWith("/favicon.ico")) violations.push(`${violatedDirective} blocked ${blockedURI} ${sample}`);
});
addEventListener("unhandledrejection", ({ reason }) => violations.push(`unhandled: ${reason}`));
addEventListener("error", ({ message }) => violations.push(`uncaught: ${message}`));

const main = document.querySelector("main");
const modules = {
  "index.js": `
    import { half } from "./half.js";
    export const activate = ({ root }) => { if (root) root.append("drawn"); };
    export const quarter = (n) => half(half(n));
    export const lazy = async () => (await import("./half.js")).half(8);
    export const evaluated = () => new Function("return 6 * 7")();
  `,
  "half.js": `export const half = (n) => n / 2;`,
};

/** One that is given, and one that is generated. */
async function units({ host, release }, isolation) {
  const view = isolation !== "worker";
  const manifest = { name: "sample", version: "1.0.0", view };
  const unit = await host.load({ manifest, modules }, { isolation, ...(view && { container: main }) });
  const isShown = (main.querySelector("iframe")?.getBoundingClientRect().width ?? 0) > 0;
  const double = await unit.compile(["n"], "return 2 * n");
  const answers = {
    called: await unit.exports.quarter(8),
    imported: await unit.exports.lazy(),
    evaluated: await unit.exports.evaluated(),
    compiled: await double(4),
    inside: await unit.inside((exports, n) => exports.quarter(n), 16),
    planned: await unit.chunk((exports) => exports.quarter(40)),
  };
  release(double);

  const builder = host.define("generated");
  const module = builder.module().function("triple", ["n"], "return 3 * n");
  const generated = await host.load(builder, { isolation });
  answers.generated = await generated.exports.triple(4);
  module.release();
  builder.release();
  const receipts = [await unit.unload(), await generated.unload()];
  return { isShown, answers, reasons: receipts.map(({ reason }) => reason) };
}

/** An element with a view in it, and one that says that there is none. */
async function elements({ host }) {
  await import("/dist/components.js");
  const add = (src) => {
    const view = Object.assign(document.createElement("unit-view"), { host, src });
    main.append(view);
    return new Promise((resolve) => {
      for (const type of ["unit-load", "unit-error"])
        view.addEventListener(type, async () => resolve({ type, view: (await view.updateComplete) && view }));
    });
  };
  const style = (view, selector) => getComputedStyle(view.shadowRoot.querySelector(selector));
  const chart = await add("/examples/units/chart/built/unit.json");
  const missing = await add("/examples/units/none/unit.json");
  const found = {
    events: [chart.type, missing.type],
    stage: style(chart.view, ".stage").display,
    visibility: style(chart.view, "[part=frame]").visibility,
    notice: missing.view.shadowRoot.querySelector("[role=alert] code")?.textContent,
  };
  // A view that is loaded anew keeps its height meanwhile, which is a style of its own.
  found.isHigh = chart.view.offsetHeight > 200;
  const { unit } = chart.view;
  chart.view.reload();
  await chart.view.updateComplete;
  found.keepsHeight = chart.view.offsetHeight > 200;
  await unit.unloaded;
  chart.view.remove();
  missing.view.remove();
  return found;
}

async function live({ life, frameUrl }) {
  // Only now, so that nothing is refused before somebody looks.
  const { createHost, release } = await import("/dist/leasehold.js");
  const host = createHost({ frameUrl, pool: {} });
  const started = performance.now();
  const outcome = await (life === "elements" ? elements({ host }) : units({ host, release }, life)).catch(
    ({ name, code, message }) => ({ name, code, message, after: performance.now() - started }),
  );
  await host.dispose();
  return { outcome, left: Object.values(host.stats()).some(Boolean) || main.querySelector("iframe") !== null };
}

const { channel: name, ...asked } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const channel = new BroadcastChannel(name);
const told = await live(asked).catch(({ message }) => ({ outcome: message }));
// What was refused is told in a task of its own.
await new Promise((resolve) => setTimeout(resolve));
channel.postMessage({ ...told, isIsolated: crossOriginIsolated, violations });
channel.close();
close();
