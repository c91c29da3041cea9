import { expect } from "chai";
import type { HostEvents, Unit } from "leasehold";
import type { Place } from "./every-isolation.js";
import { rejection } from "./rejection.js";

/** A unit to which something happens. */
export const mortal = `
  let context;
  export const activate = (given) => { context = given; };
  export const never = () => new Promise(() => {});
  export const hold = () => void context.activity("work");
  export const run = (text) => { const result = new Function("return " + text)(); return typeof result === "object" ? undefined : result; };
  export const fine = () => "fine";
`;
export interface Mortal {
  never(): Promise<void>;
  hold(): void;
  run(text: string): unknown;
  fine(): string;
}

/** Where the frame of a unit is in the page, or what is around it. */
export const frameOf = (unit: object): HTMLIFrameElement =>
  (unit as unknown as { domain: { frame: HTMLIFrameElement } }).domain.frame;

/**
 * Loads a unit, lets something happen to it, and makes sure that everybody hears of its end and nothing is left.
 * @param vector of the violation by which it ends, if it does
 */
export async function endsBy(
  place: Place,
  happen: (unit: Unit<Mortal>) => unknown,
  options = {},
  { vector }: { vector?: string | undefined } = {},
): Promise<void> {
  const { host, load } = place;
  const unit = await load<Mortal>(mortal, options);
  const told: string[] = [];
  let receipt: HostEvents["unload"]["receipt"] | undefined;
  const hear = (event: Event): void => {
    const { detail } = event as CustomEvent<HostEvents["unload"] & HostEvents["crash"] & HostEvents["violation"]>;
    if (detail.unit !== (unit as unknown)) return;
    told.push(event.type === "violation" ? detail.vector! : event.type);
    receipt ??= detail.receipt;
  };
  const types = ["crash", "unload", "violation"];
  for (const type of types) host().addEventListener(type, hear);
  await unit.exports.hold();
  const pending = rejection(unit.exports.never());
  await unit.exports.fine();
  await happen(unit);
  const error = await pending;
  for (const type of types) host().removeEventListener(type, hear);
  expect(error).to.include({ name: "DomainUnloadedError", code: "domain-lost", unit: unit.id });
  expect(error.message).to.include("never()");
  expect(unit.state).to.equal("failed");
  expect(told).to.deep.equal([...(vector === undefined ? [] : [vector]), "crash", "unload"]);
  expect(await unit.unloaded).to.equal(receipt);
  expect(receipt).to.include({ reason: vector === undefined ? "crash" : "violation" });
  expect(receipt!.rejectedCalls).to.be.within(1, 2); // what brought the end about may itself be pending
  expect(receipt!.released).to.include({ frames: 1, ports: 1, leases: 2 });
  expect(host().stats()).to.include({ units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 });
  expect((await rejection(unit.exports.fine())).name).to.equal("DomainUnloadedError");
  expect(await unit.unload()).to.equal(receipt);
}
