import { UnitWriter } from "../../src/unit/builder/index.js";
import type { ModuleBuilder } from "../../src/unit/index.js";

/** The source of a module that `write` generates. */
export function generate(write: (module: ModuleBuilder) => unknown): string {
  const unit = new UnitWriter("rules", "1.0.0");
  write(unit.module());
  return unit.build().modules["index.js"] as string;
}

/** Runs a module's text, and gives what it exports. */
export async function run(text: string): Promise<Record<string, unknown>> {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
  } finally {
    URL.revokeObjectURL(url);
  }
}
