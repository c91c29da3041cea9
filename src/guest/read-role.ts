import type { FrameRole } from "../remoting/guest-interface.js";

const isolations: readonly unknown[] = ["frame", "worker", "realm"];

/**
 * What the page around this document has it become, by its name. Anybody may frame a served document, or open it, and give it any
 * name: it becomes a realm, which is of its own origin, for a page of that origin only.
 * @returns undefined where it is to become nothing, which it tells in the console
 */
export function readRole(): FrameRole | undefined {
  const { name } = window;
  // What is navigated here keeps it, and a unit in a realm would read it.
  window.name = "";
  const role = parse(name);
  if (!role) return refuse("its name does not say what it is to become");
  if (parent === self) return refuse("it is no frame");
  if (role.isolation === "realm" && !frameElement) return refuse("a realm is for a page of its own origin");
  return role;
}

function parse(name: string): FrameRole | undefined {
  try {
    const { isolation, policy, allow, sandbox } = JSON.parse(name) as Partial<FrameRole>;
    if (!isolation || !isolations.includes(isolation)) return undefined;
    if (typeof policy !== "string" || typeof allow !== "string" || typeof sandbox !== "string") return undefined;
    return { isolation, policy, allow, sandbox };
  } catch {
    return undefined;
  }
}

function refuse(why: string): undefined {
  console.error(`Leasehold: this document starts domains for the page that frames it, and stays empty, as ${why}.`);
}
