/** Something that crosses by reference, and the side it belongs to. */
export interface Thing {
  side: number;
  id: number;
  kind: "function" | "instance" | "class";
  object: object;
}

/** What a value is, whichever side looks at it. */
export type Shape =
  | { kind: "data"; value: unknown }
  | { kind: "list" | "set" | "map" | "object"; parts: Shape[] }
  | { kind: "thing"; thing: Thing }
  /** The same as another part. */
  | { kind: "error"; name: string; message: string; cause: Shape };

export const data = (value: unknown): Shape => ({ kind: "data", value });

/** All the things in a value. */
export function thingsIn(shape: Shape): Thing[] {
  if (shape.kind === "thing") return [shape.thing];
  if (shape.kind === "error") return thingsIn(shape.cause);
  return shape.kind === "data" ? [] : shape.parts.flatMap(thingsIn);
}

/** Makes a value of its shape. */
export function build(shape: Shape, thing: (thing: Thing) => unknown): unknown {
  const parts = (list: Shape[]): unknown[] => list.map((part) => build(part, thing));
  switch (shape.kind) {
    case "data":
      return shape.value;
    case "thing":
      return thing(shape.thing);
    case "list":
      return parts(shape.parts);
    case "set":
      return new Set(parts(shape.parts).map((part, index) => [index, part]));
    case "map":
      return new Map(parts(shape.parts).map((part, index) => [index, part]));
    case "object":
      return Object.fromEntries(parts(shape.parts).map((part, index) => [`p${index}`, part]));
    case "error": {
      const constructor = { RangeError, TypeError }[shape.name] ?? Error;
      return new constructor(shape.message, { cause: build(shape.cause, thing) });
    }
  }
}

/** Looks at a value that should have a shape. */
export function look(value: unknown, shape: Shape, thing: (value: unknown, thing: Thing) => void, at = "it"): void {
  const fail = (): never => {
    throw new Error(`${at} should be ${shape.kind}, and is ${describe(value)}.`);
  };
  const parts = (list: unknown[], shapes: Shape[]): void => {
    if (list.length !== shapes.length) fail();
    shapes.forEach((part, index) => look(list[index], part, thing, `${at}.${index}`));
  };
  switch (shape.kind) {
    case "data":
      if (JSON.stringify(value) !== JSON.stringify(shape.value)) fail();
      return;
    case "thing":
      return thing(value, shape.thing);
    case "list":
      if (!Array.isArray(value)) fail();
      return parts(value as unknown[], shape.parts);
    case "set":
      if (!(value instanceof Set)) return fail();
      return parts(
        [...(value as Set<[number, unknown]>)].map(([, part]) => part),
        shape.parts,
      );
    case "map":
      if (!(value instanceof Map)) return fail();
      return parts([...value.values()], shape.parts);
    case "object":
      if (typeof value !== "object" || value === null) return fail();
      return parts(Object.values(value), shape.parts);
    case "error":
      if (!(value instanceof Error) || value.name !== shape.name || value.message !== shape.message) return fail();
      return look(value.cause, shape.cause, thing, `${at}.cause`);
  }
}

function describe(value: unknown): string {
  try {
    return typeof value === "function" ? "a function" : `${typeof value} ${JSON.stringify(value)}`;
  } catch {
    return typeof value;
  }
}
