import { expect } from "chai";
import { release, type ExportDescriptor, type Remote, type Unit } from "leasehold";
import { inEveryIsolation } from "../support/every-isolation.js";
import { rejection } from "../support/rejection.js";

const modules = {
  "index.js": `
    export { Shape, Circle as Round, Pair, tag } from "./shapes.js";
    export * as shapes from "./shapes.js";
    export * from "./state.js";
    export { current as moved, default } from "./state.js";`,
  "shapes.js": `
    export const tag = Symbol("tag");
    export const ran = [];
    export class Shape {
      static #made = 0;
      static unit = "cm";
      static count() { return Shape.#made; }
      static create(size) { return new this(size); }
      static get made() { ran.push("made"); return Shape.#made; }
      static set made(value) { Shape.#made = value; }
      #size;
      open = 1;
      constructor(size = 1, ...rest) { this.#size = size; Shape.#made++; }
      get size() { ran.push("size"); return this.#size; }
      set size(value) { this.#size = value; }
      set hidden(value) { ran.push("hidden"); }
      area() { return this.#size ** 2; }
      describe(words = "size:") { return words + this.area(); }
      #secret() { return this.#size; }
      tell() { return this.#secret(); }
      *[Symbol.iterator]() { yield this.#size; }
      [tag]() { return "tagged " + this.#size; }
      get [Symbol.toStringTag]() { return "Shape"; }
    }
    export class Circle extends Shape {
      static unit = "mm";
      static Shape = Shape;
      static Part = class Part { static Whole = Circle; turn(by) { return by; } };
      area() { return super.area() * 3; }
    }
    export class Pair extends Map { static of(a, b) { return new this([["a", a], ["b", b]]); } sum() { return this.get("a") + this.get("b"); } }`,
  "state.js": `
    export let counter = 1;
    export let { first, rest: [second] } = { first: 1, rest: [2] };
    export var old = "old";
    let current = "default";
    export { current as default, current };
    export const tick = () => { counter++; current = "ticked"; first = 10; };
    export const start = () => { const timer = setInterval(() => { counter++; }, 1); };
    export function named() {}`,
};

interface Shape {
  readonly size: number;
  area(): number;
}
interface Sample {
  Shape: (new (size?: number) => Shape) & { create(size: number): Shape };
  Round: Sample["Shape"] & {
    unit: string;
    made: number;
    count(): number;
    Part: new () => { turn(by: number): number };
  };
  Pair: (new () => { sum(): number }) & { of(a: number, b: number): { sum(): number } };
  shapes: { ran: string[]; Circle: new (size?: number) => Shape };
  counter: number;
  tick(): void;
  start(): void;
}

inEveryIsolation("what classes and variables of a unit are", ({ host, isolation }) => {
  /** Loads the unit, and unloads it afterwards: nothing must hold it then, and no getter may have been run. */
  const inUnit = async (body: (unit: Unit<Sample>) => Promise<void>): Promise<void> => {
    const unit = await host().load<Sample>({ manifest: { name: "sample", version: "1.0.0" }, modules }, { isolation });
    try {
      await body(unit);
      await unit.unload({ deadline: 2000 });
    } catch (error) {
      await unit.unload({ mode: "force" });
      throw error;
    }
  };
  const shapesOf = (list: readonly ExportDescriptor[] | undefined): string[] | undefined =>
    list?.map(({ name, kind }) => `${kind} ${name}`).sort();
  const at = (list: readonly ExportDescriptor[] | undefined, name: string): ExportDescriptor =>
    list!.find((each) => each.name === name)!;
  const resolve = <T>(unit: Unit<Sample>, path: string): Promise<Remote<T>> =>
    unit.handle(path).then(async (handle) => {
      const resolved = (await host().resolveHandle<T>(handle)) as Remote<T>;
      handle.release();
      return resolved;
    });

  it("is told of an export by whatever way it is exported: renamed, as a namespace, as the default, by a star", () =>
    inUnit(async (unit) => {
      using reflection = await unit.reflect();
      const names = { class: ["Pair", "Round", "Shape"], function: ["named", "start", "tick"] };
      expect(shapesOf(reflection.exports)).to.deep.equal([
        ...Object.entries(names).flatMap(([kind, list]) => list.map((name) => `${kind} ${name}`)),
        "value counter",
        "value current",
        "value default",
        "value first",
        "value moved",
        "value old",
        "value second",
        "value shapes",
        "value tag",
      ]);
    }));

  it("is told of a class: accessors, statics, symbols and what is inherited, but nothing private, and no getter is run", () =>
    inUnit(async (unit) => {
      using reflection = await unit.reflect();
      const [shape, round] = ["Shape", "Round"].map((name) => at(reflection.exports, name));
      const members = [
        "function [Symbol.iterator]",
        "function [tag]",
        "function area",
        "function describe",
        "function tell",
        "value [Symbol.toStringTag]",
        "value hidden",
        "value size",
      ];
      expect(shapesOf(shape!.methods)).to.deep.equal(members);
      expect(shapesOf(round!.methods)).to.deep.equal(members);
      expect(shapesOf(shape!.statics)).to.deep.equal(["function count", "function create", "value made", "value unit"]);
      expect(shapesOf(round!.statics)).to.deep.equal([
        "class Part",
        "class Shape",
        "function count",
        "function create",
        "value made",
        "value unit",
      ]);
      expect([shape!.parameters, round!.parameters]).to.deep.equal([
        ["size = 1", "...rest"],
        ["size = 1", "...rest"],
      ]);
      expect(at(shape!.methods, "describe").parameters).to.deep.equal([`words = "size:"`]);
      expect(await unit.inside((exports) => exports.shapes.ran)).to.deep.equal([]);
    }));

  it("is told of a class among statics once: elsewhere by its kind, as of those that contain each other", () =>
    inUnit(async (unit) => {
      using reflection = await unit.reflect();
      const { statics } = at(reflection.exports, "Round");
      const [part, shape] = [at(statics, "Part"), at(statics, "Shape")];
      expect(shape.parameters).to.deep.equal(["size = 1", "...rest"]);
      expect([shape.methods, shape.statics]).to.deep.equal([undefined, undefined]);
      expect(shapesOf(part.methods)).to.deep.equal(["function turn"]);
      expect(shapesOf(part.statics)).to.deep.equal(["class Whole"]);
      expect(at(part.statics, "Whole").statics).to.equal(undefined);
    }));

  it("is told of one that extends a class of the platform's, with what it inherits from there", () =>
    inUnit(async (unit) => {
      using reflection = await unit.reflect();
      const pair = at(reflection.exports, "Pair");
      expect(shapesOf(pair.methods)).to.include.members(["function sum", "function get", "value size"]);
      expect(at(pair.methods, "get").parameters).to.equal(undefined);
      expect(shapesOf(pair.statics)).to.include("function of");
    }));

  it("is reached by handles: statics with their class, what instances have with the instance", () =>
    inUnit(async (unit) => {
      const create = await resolve<(size: number) => Shape>(unit, "Round.create");
      const round = await create(2);
      const area = await resolve<(of: unknown) => number>(unit, "Round.area");
      const inherited = await resolve<(of: unknown, words?: string) => string>(unit, "Round.describe");
      const size = await resolve<(of: unknown) => number>(unit, "Round.size");
      expect(await area(round)).to.equal(12);
      expect(await inherited(round, "is ")).to.equal("is 12");
      expect(await size(round)).to.equal(2);
      // One of Shape's own is what Shape's instances have, overridden or not.
      const own = await resolve<(of: unknown) => number>(unit, "Shape.area");
      expect(await own(round)).to.equal(4);
      release([create, round, area, inherited, size, own]);
    }));

  it("is reached by handles that lead over symbols, namespaces, statics and the default", () =>
    inUnit(async (unit) => {
      const round = await new unit.exports.Round(3);
      const tagged = await resolve<(of: unknown) => string>(unit, "Round.[tag]");
      const iterate = await resolve<(of: unknown) => Iterable<number>>(unit, "shapes.Circle.[Symbol.iterator]");
      const turn = await resolve<(of: unknown, by: number) => number>(unit, "Round.Part.turn");
      expect(await tagged(round)).to.equal("tagged 3");
      const items: number[] = [];
      const iterator = await iterate(round);
      for await (const item of iterator as unknown as AsyncIterable<number>) items.push(item);
      expect(items).to.deep.equal([3]);
      expect(await turn(round, 5)).to.equal(5);
      for (const [path, value] of Object.entries({
        "Shape.unit": "cm",
        "Round.unit": "mm",
        "shapes.Circle.unit": "mm",
        "Round.Shape.unit": "cm",
        "Round.Part.Whole.Shape.unit": "cm",
        "Round.made": 1,
        default: "default",
        second: 2,
      }))
        expect(await resolve(unit, path), path).to.equal(value);
      release([round, tagged, iterate, iterator, turn]);
    }));

  it("is not reached by what is private, nor by what an instance alone has", () =>
    inUnit(async (unit) => {
      for (const path of [
        "Shape.#size",
        "Shape.#made",
        "Shape.#secret",
        "Shape.open",
        "Shape.constructor",
        "default.x",
      ])
        expect(await rejection(unit.handle(path)), path).to.include({ name: "ContractError", code: "no-such-member" });
    }));

  it("is used by the page as by the unit: statics and getters that are inherited, iteration, nested classes", () =>
    inUnit(async (unit) => {
      const { Round, Pair } = unit.exports;
      const round = await Round.create(2);
      expect(await Promise.all([Round.unit, Round.made, Round.count(), round.size, round.area()])).to.deep.equal([
        "mm",
        1,
        1,
        2,
        12,
      ]);
      const items: number[] = [];
      for await (const item of round as unknown as AsyncIterable<number>) items.push(item);
      expect(items).to.deep.equal([2]);
      const part = await new Round.Part();
      expect(await part.turn(4)).to.equal(4);
      const pair = await Pair.of(1, 2);
      expect(await pair.sum()).to.equal(3);
      for (const name of ["secret", "hidden2", "constructor"])
        expect((await rejection((round as unknown as Record<string, () => Promise<unknown>>)[name]!())).name).to.equal(
          "ContractError",
        );
      release([round, part, pair]);
    }));

  it("is one identity, whatever it was reached by", () =>
    inUnit(async (unit) => {
      const [Round, Circle] = await Promise.all([resolve(unit, "Round"), resolve(unit, "shapes.Circle")]);
      const binding = await unit.binding("Round");
      const direct = await unit.exports.Round;
      expect(Circle).to.equal(Round);
      expect(await binding.get()).to.equal(Round);
      expect(direct).to.equal(Round);
      expect(unit.whyAlive().holders.map(({ kind, label }) => `${kind} ${label}`)).to.deep.equal([
        "pin sample@1.0.0",
        "type Circle",
        "binding Round",
      ]);
      binding.release();
      release(Round);
    }));

  it("is collected by collections, of what is inherited or renamed, too", () =>
    inUnit(async (unit) => {
      const things = unit.collectionOf<Shape>("Round");
      const [round, shape] = await Promise.all([new unit.exports.Round(1), new unit.exports.Shape(2)]);
      things.add(round).add(shape);
      expect(await Promise.all([...things].map((each) => each.area()))).to.deep.equal([3, 4]);
      release([round, shape]);
      expect(unit.whyAlive().holders.map(({ kind }) => kind)).to.deep.equal(["pin", "collection"]);
      things.release();
    }));

  it("is a variable that the unit changes between two looks, by whatever way it is exported", () =>
    inUnit(async (unit) => {
      const names = ["counter", "current", "moved", "default", "first", "second", "old"];
      const bindings = await Promise.all(names.map((name) => unit.binding<unknown>(name)));
      const read = (): Promise<unknown[]> => Promise.all(bindings.map((each) => each.get()));
      expect(await read()).to.deep.equal([1, "default", "default", "default", 1, 2, "old"]);
      await unit.exports.tick();
      expect(await read()).to.deep.equal([2, "ticked", "ticked", "ticked", 10, 2, "old"]);
      await Promise.all(bindings.map((each, index) => each.set(index)));
      expect(await read()).to.deep.equal([0, 3, 3, 3, 4, 5, 6]);
      await unit.exports.tick();
      expect(await bindings[0]!.get()).to.equal(1);
      for (const each of bindings) each.release();
    }));

  it("is a variable that changes without a call of the page's", () =>
    inUnit(async (unit) => {
      const counter = await unit.binding<number>("counter");
      await unit.exports.start();
      let last = await counter.get();
      for (let looks = 0; looks < 3;) {
        const now = await counter.get();
        if (now > last) looks++;
        expect(now).to.be.at.least(last);
        last = now;
      }
      counter.release();
    }));

  it("is no variable where it is a namespace, a symbol or what a star led to that is constant", () =>
    inUnit(async (unit) => {
      for (const name of ["shapes", "tag", "tick", "named", "Round"]) {
        const binding = await unit.binding(name);
        expect(await rejection(binding.set(1)), name).to.include({ name: "ContractError", code: "read-only" });
        binding.release();
      }
      // A symbol cannot be sent, by itself or as a part of a module.
      for (const name of ["shapes", "tag"]) {
        const binding = await unit.binding(name);
        const error = await rejection(binding.get());
        expect(error, name).to.include({ name: "DataError", code: "not-cloneable" });
        expect(error.message).to.include("symbol");
        binding.release();
      }
      expect(await unit.exports.shapes.ran).to.deep.equal([]);
    }));
});
