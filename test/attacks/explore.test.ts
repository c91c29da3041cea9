import { executeServerCommand } from "@web/test-runner-commands";
import { createHost, type Unit } from "leasehold";
import { attackerCode, sourceOf, type Attacker, type Depth, type Told } from "./support/attacker.js";
import { arrived, collectorOrigin, collectorPorts } from "./support/collector.js";
import { Control } from "./support/control.js";
import { watchBrowser } from "./support/watch-browser.js";
import type { Group, Target, Vector } from "./support/vector.js";
import { navigation } from "./vectors/navigation.js";
import { hints } from "./vectors/hints.js";
import { connections } from "./vectors/connections.js";
import { workersAndStorage } from "./vectors/workers-and-storage.js";
import { interfaces } from "./vectors/interface.js";

const served = "/support/frame.html?network=http://granted.invalid";
const places = ["frame", "served frame", "worker", "served worker"] as const;
const only = new Set(["http","tcp","udp","lookup","channel","value","dialog"]);

const say = (t: string) => void executeServerCommand("watch-browser", { say: t });
const SLOW: boolean = true; const PICK: string = "connections";
describe("explore", function () {
  this.timeout(120000);
  for (const group of [navigation, hints, connections, workersAndStorage, interfaces] as Group[]) if (PICK === "all" || PICK === group.name) it(group.name, async () => {
    const started = performance.now();
    const lap = (w: string) => say(`${w} ${Math.round(performance.now() - started)}`);
    const origin = await collectorOrigin();
    await watchBrowser(true);
    const blob = URL.createObjectURL(new Blob(["text"]));
    const heard = new Set<string>();
    const channel = new BroadcastChannel("attacks"); channel.onmessage = ({data}) => heard.add(data);
    const hosts = { "frame": createHost({pool:{frame:4}}), "served frame": createHost({pool:{frame:4}, frameUrl: served}), "worker": createHost({pool:{worker:1}}), "served worker": createHost({pool:{worker:1}, frameUrl: served}) };
    const rows: {v: Vector, where: string, depth: string, to: Target, told?: Told}[] = [];
    let n = 0;
    const target = async (v: Vector, where: string, depth: string) => {
      const id = `${group.name.replaceAll(" ","-")}-${n++}z`;
      const p = await collectorPorts(v.seen === "tcp" || v.name.includes("import() of https") ? 1 : 0, v.seen === "udp" ? 1 : 0);
      const to: Target = { id, waits: v.seen === "value", url: `${origin}/try/${id}`, page: location.origin, blob, name: `${id}.leak.test`, tcp: p.tcp[0] ?? 9, udp: p.udp[0] ?? 9 };
      const row = { v, where, depth, to } as (typeof rows)[0]; rows.push(row); return row;
    };
    const control = new Control();
    const vectors = group.vectors.filter(v => only.has(v.seen));
    const jobs: Promise<unknown>[] = [];
    for (const v of vectors) {
      if (v.document !== false) { const r = await target(v, "control", "frame"); await control.inFrame(v, r.to).then(t => r.told = t); }
      if (v.worker) { const r = await target(v, "control", "worker"); jobs.push(control.inWorker(v, r.to).then(t => r.told = t)); }
    }
    await Promise.all(jobs); if (SLOW) await new Promise(r=>setTimeout(r,1000)); lap("controls");
    const manifest = { name: "attacker", version: "1.0.0" };
    for (const place of places) {
      const host = hosts[place]; const isolation = place.endsWith("frame") ? "frame" as const : "worker" as const;
      const box = document.createElement("div"); document.body.append(box);
      const shared = await host.load<Attacker>({ code: attackerCode, manifest: {...manifest, view: isolation === "frame"} }, { isolation, ...(isolation === "frame" && {container: box}) });
      const depths: Depth[] = isolation === "frame" ? ["own","blank","srcdoc"] : ["own","nested"];
      let queue: Promise<unknown>[] = [];
      for (const v of vectors) for (const depth of depths) {
        const r = await target(v, place, depth);
        const go = async () => {
          if (SLOW) await executeServerCommand("watch-browser", { say: `${v.name} ${place} ${depth}` });
          let unit: Unit<Attacker> = shared as Unit<Attacker>;
          const own = v.leaves && depth === "own";
          if (own) unit = await host.load<Attacker>({ code: attackerCode, manifest }, { isolation }) as Unit<Attacker>;
          r.told = await (unit.exports as unknown as Attacker).attempt(depth, sourceOf(v.run), r.to).catch((e: Error) => ({ lost: String(e) })) as Told;
        };
        queue.push(go().catch(e => { r.told = { lost: "LOAD " + e } }));
        if (queue.length > (SLOW ? 0 : 30)) { await Promise.all(queue); queue = []; }
      }
      await Promise.all(queue); lap(place);
    }
    await new Promise(r => setTimeout(r, 1500));
    const all = await arrived(); const watched = await watchBrowser();
    const text = [...all].join("\n");
    const through = ({v, to, told}: (typeof rows)[0]) => v.seen === "http" ? text.includes(`/try/${to.id}`) : v.seen === "tcp" ? all.has(`tcp:${to.tcp}`) : v.seen === "udp" ? all.has(`udp:${to.udp}`) : v.seen === "lookup" ? watched.lookups.includes(to.name.toLowerCase()) : v.seen === "channel" ? heard.has(to.id) : v.seen === "dialog" ? watched.dialogs.includes(to.id) : Boolean(told && "value" in told && told.value);
    for (const v of vectors) {
      const mine = rows.filter(r => r.v === v);
      const c = mine.filter(r => r.where === "control").map(r => `${r.depth}:${through(r) ? "YES" : "no " + JSON.stringify(r.told).slice(0,110)}`).join(" ");
      const leaks = mine.filter(r => r.where !== "control" && through(r)).map(r => `${r.where}/${r.depth}`);
      say(`${v.name} | control ${c} ${v.uncontrolled ? "(uncontrolled)" : ""} | ${leaks.length ? "LEAKS " + leaks.join(", ") : "-"}`);
      if (location.search.includes("x") || true) for (const r of mine.filter(r => r.where !== "control")) if (r.told && !("value" in r.told)) say(`     ${r.where}/${r.depth} ${JSON.stringify(r.told).slice(0,120)}`);
    }
    say(`windows ${watched.windows} dialogs ${watched.dialogs}`);
    control.remove(); channel.close(); URL.revokeObjectURL(blob);
    for (const h of Object.values(hosts)) await h.dispose();
    lap("done");
  });
});
