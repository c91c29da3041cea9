import * as v from "valibot";
import { z } from "zod";
import { defineContract, type Contract, type ContractOf } from "../../src/contract/index.js";
import type { Host, Unit } from "../../src/host/types.js";
import type { Remote, RemotePromise } from "../../src/remoting/types/index.js";
import { typeOf, type Any, type Cases } from "./support.js";

const chart = defineContract({
  name: "chart",
  version: "1.2.0",
  members: {
    render: {
      arguments: [v.string(), v.optional(v.object({ width: v.number() }))],
      result: z.object({ svg: z.string() }),
    },
    zoom: { since: "1.1.0", arguments: [v.number()], default: (factor: number) => factor.toFixed() },
    measure: { arguments: [v.pipe(v.string(), v.transform(Number))], result: v.pipe(v.number(), v.transform(String)) },
    palette: { since: "1.2.0", default: ["red"] },
    title: { result: v.string() },
    close: {},
  },
});

interface Chart {
  render(text: string, options?: { width: number }): { svg: string };
}

export const contracts = {
  "a member's arguments and result are its schemas'": (members: ContractOf<typeof chart>) => {
    typeOf(members.render).is<(text: string, options?: { width: number } | undefined) => { svg: string }>();
    // @ts-expect-error the text is missing
    members.render();
    // @ts-expect-error a width is a number
    members.render("a", { width: "wide" });
  },

  "a schema that transforms takes its input from the caller, and gives its output": (
    members: ContractOf<typeof chart>,
  ) => typeOf(members.measure).is<(text: string) => string>(),

  "a default says what a member without schemas is": (members: ContractOf<typeof chart>) => {
    typeOf(members.palette).is<string[]>();
    typeOf(members.zoom).is<(factor: number) => string>();
  },

  "a member with a result alone is a value": (members: ContractOf<typeof chart>) => typeOf(members.title).is<string>(),

  "a member of which nothing is said may be anything": (members: ContractOf<typeof chart>) =>
    typeOf(members.close).is<Any>(),

  "a unit that is loaded by a contract has its members as remotes": async (host: Host) => {
    const unit = await host.load("chart.js", { contract: chart });
    typeOf(unit).is<Unit<ContractOf<typeof chart>>>();
    typeOf(unit.exports).is<Remote<ContractOf<typeof chart>>>();
    typeOf(unit.exports.render("a")).is<RemotePromise<{ svg: string }>>();
    typeOf(await unit.exports.render("a").svg).is<string>();
    // @ts-expect-error there is no such member
    void unit.exports.draw;
  },

  "a type that is given goes before the contract's": async (host: Host) =>
    typeOf(await host.load<Chart>("chart.js", { contract: chart })).is<Unit<Chart>>(),

  "a contract of known members is a contract": (take: (contract: Contract) => void) => take(chart),

  "what implements a contract may answer later, and leave out what has a default": () => {
    const greeter = defineContract({
      name: "greeter",
      version: "1.0.0",
      members: { greet: { arguments: [v.string()], result: v.string() }, wave: { default: () => 1 } },
    });
    typeOf(greeter.implement({ greet: async (name) => `Hello ${name}` }).greet).is<(name: string) => string>();
    // @ts-expect-error a greeting is a string
    greeter.implement({ greet: () => 5 });
  },
} satisfies Cases;
