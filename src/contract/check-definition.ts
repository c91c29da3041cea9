import { validateStrict } from "compare-versions";
import { LeaseholdError } from "../errors.js";
import { suggest } from "../suggest.js";
import type { ContractMember } from "./types.js";
import { areCompatible, isSince } from "./versions.js";

interface Checked {
  name: string;
  version: string;
  members: ReadonlyMap<string, ContractMember>;
}

const KEYS = ["since", "arguments", "result", "default"];
/** Names that a remote keeps for itself, or shows of nothing. */
const UNREACHABLE = new Set(["then", "bind", "constructor", "prototype", "__proto__"]);

/**
 * Accepts a definition, and copies it, so that nobody changes it later.
 * @throws LeaseholdError "ContractError" (`contract-invalid`)
 */
export function checkDefinition(definition: unknown): Checked {
  const { name, version, members } = (definition ?? {}) as { name?: unknown; version?: unknown; members?: unknown };
  if (typeof name !== "string" || name === "") throw invalid("A contract", `needs a name, e.g. "chart"`);
  if (typeof version !== "string" || !validateStrict(version)) {
    throw invalid(`Contract ${name}`, `needs a semantic version, e.g. "1.0.0"`);
  }
  const title = `${name}@${version}`;
  if (!isObject(members)) throw invalid(`Contract ${title}`, "needs members: an object, by name");
  const entries = Object.entries(members).map(
    ([key, member]) => [key, checkMember(title, version, key, member)] as const,
  );
  return { name, version, members: new Map(entries) };
}

function checkMember(title: string, version: string, key: string, member: unknown): ContractMember {
  const refuse = (why: string): LeaseholdError => invalid(`Member "${key}" of contract ${title}`, why);
  if (UNREACHABLE.has(key)) throw refuse("has a name that no remote shows; give it another");
  if (!isObject(member)) throw refuse("must be an object; {} says nothing but that there is one");
  const unknown = Object.keys(member).find((each) => !KEYS.includes(each));
  if (unknown !== undefined) throw refuse(`has an unknown key "${unknown}".${suggest(unknown, KEYS)}`);
  const { since, arguments: list, result, default: standIn } = member as Record<string, unknown>;
  if (since !== undefined) {
    if (typeof since !== "string" || !validateStrict(since)) throw refuse(`has a "since" that is no semantic version`);
    if (!isSince(version, since)) throw refuse(`is there since ${since}, which is newer than the contract`);
  }
  const hasDefault = "default" in member;
  // What an earlier major version brought is in this one from the first.
  if (since !== undefined && areCompatible(version, since) && !hasDefault) {
    throw refuse(`is there since ${since}, so older units lack it: it needs a default, or no "since"`);
  }
  if (list !== undefined && !Array.isArray(list)) throw refuse("has arguments that are no list of schemas");
  const schemas = (list as unknown[] | undefined)?.map((schema, index) =>
    asSchema(schema, refuse, `argument ${index + 1}`),
  );
  const isFunction = typeof standIn === "function";
  if (hasDefault && schemas && !isFunction) throw refuse("has arguments, so its default must be a function");
  return Object.freeze({
    ...(since !== undefined && { since: since as string }),
    ...(schemas && { arguments: Object.freeze(schemas) }),
    ...(result !== undefined && { result: asSchema(result, refuse, "result") }),
    ...(hasDefault && { default: isFunction ? standIn : copyOf(standIn, refuse) }),
  });
}

function asSchema(value: unknown, refuse: (why: string) => LeaseholdError, what: string): never {
  const isAny = (typeof value === "object" && value !== null) || typeof value === "function";
  const standard: unknown = isAny ? (value as { "~standard"?: unknown })["~standard"] : undefined;
  if (isObject(standard) && typeof (standard as { validate?: unknown }).validate === "function") return value as never;
  throw refuse(`has a schema (${what}) without "~standard": take one of a library that implements Standard Schema`);
}

function copyOf(value: unknown, refuse: (why: string) => LeaseholdError): unknown {
  try {
    return structuredClone(value);
  } catch (cause) {
    throw refuse(`has a default that is neither a function nor data: ${String(cause)}`);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(what: string, why: string): LeaseholdError {
  return new LeaseholdError("ContractError", "contract-invalid", `${what} ${why}.`);
}
