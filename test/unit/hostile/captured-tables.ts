import { handlerOf } from "../../../src/remoting/calls/handler.js";
import { Server } from "../../../src/remoting/serving/server.js";
import { References } from "../../../src/remoting/tables/references.js";
import { ExportTable } from "../../../src/remoting/tables/export-table.js";

/** All that a session holds, in numbers. */
export interface Held {
  exports: number;
  imports: number;
  promisesOut: number;
  promisesIn: number;
  signalsOut: number;
  signalsIn: number;
  kept: number;
  loans: number;
}

const servers = new WeakMap<References, Server>();
const captured = new Map<object, References>();
const { run, close } = Server.prototype;
const capture = (server: Server): void => {
  servers.set(server.options.references, server);
  captured.set(server.options.references.exports, server.options.references);
};
Server.prototype.run = function (...args) {
  capture(this);
  return run.apply(this, args);
};
Server.prototype.close = function () {
  capture(this);
  return close.apply(this);
};

for (const name of ["count", "receive", "receivePromise", "receiveSignal"] as const) {
  const original = References.prototype[name] as (this: References, ...args: unknown[]) => unknown;
  References.prototype[name] = function (this: References, ...args: unknown[]) {
    captured.set(this.exports, this);
    return original.apply(this, args);
  } as never;
}

const exposing: ExportTable[] = [];
const { expose, add } = ExportTable.prototype;
ExportTable.prototype.expose = function (...args) {
  exposing[0] = this;
  return expose.apply(this, args);
};
/** What may be given away of the platform's: it does nothing without what it belongs to. */
const HARMLESS = /^(next|return|throw|at|slice|includes|indexOf|join|get|has|keys|values|entries)$/;
/** Other functions of the platform's that were given away. */
export const givenAway: object[] = [];
const isNative = (value: object): boolean =>
  !handlerOf(value) && /\[native code\]/.test(Function.prototype.toString.call(value));
ExportTable.prototype.add = function (object) {
  if (typeof object === "function" && isNative(object) && !HARMLESS.test(object.name)) givenAway.push(object);
  return add.call(this, object);
};

/** Makes a session, and returns what tells what it holds once it was used or closed. */
export function capturing<T>(open: () => T): [T, held: () => Held] {
  const opened = open();
  const table = exposing[0] as ExportTable;
  return [opened, () => heldBy(table)];
}

function heldBy(table: ExportTable): Held {
  const references = captured.get(table);
  if (!references)
    return { exports: 0, imports: 0, promisesOut: 0, promisesIn: 0, signalsOut: 0, signalsIn: 0, kept: 0, loans: 0 };
  const { exports, imports, loans, promises, signals } = references;
  return {
    exports: exports.size,
    imports: imports.size,
    promisesOut: promises.outgoing,
    promisesIn: promises.incoming,
    signalsOut: signals.outgoing,
    signalsIn: signals.incoming,
    kept: servers.get(references)?.kept ?? 0,
    loans: loans.size,
  };
}

/** Forgets the sessions that were captured. */
export function forgetCaptured(): void {
  captured.clear();
}
