import type { UnitPackage } from "../unit-package.js";

/**
 * A part of a builder. As long as it is not released, it keeps every unit loaded that was loaded from that builder; one that was
 * dropped without being released goes by garbage collection. Releasing one part releases no other.
 */
export interface BuilderPart {
  /** Idempotent. The part cannot be used any more; what it has written stays. */
  release(): void;
  [Symbol.dispose](): void;
}

/** A unit that is generated at run time; the caller's to release. It is a source for `Host.load`, too, as it is at the time. */
export interface UnitBuilder extends BuilderPart {
  /**
   * Begins a module; the caller's to release.
   * @param path default "index.js", the entry
   * @throws LeaseholdError "DataError" (`invalid-name`, `duplicate-name`)
   */
  module(path?: string): ModuleBuilder;
  /**
   * What was written so far, as data: formatted source by path. As JSON it can be saved, and loaded again.
   * @throws LeaseholdError "DataError" (`no-entry`)
   */
  build(): UnitPackage;
}

/** A module that is being generated. A step that throws has changed nothing. */
export interface ModuleBuilder extends BuilderPart {
  /**
   * Imports names from a module of the same unit ("./shapes.js"), or from a required one: "lib", "lib/shapes.js", with a range
   * "lib@^1.2.0/shapes.js".
   * @param names each as "area", "area as size" or "default as shapes"; none: for the module's effect alone
   * @throws LeaseholdError "DataError" (`invalid-specifier`, `invalid-range`, `conflicting-range`, `invalid-name`, `duplicate-name`)
   */
  import(specifier: string, names: string[]): this;
  /**
   * Exports a constant, which is a copy of plain data.
   * @throws LeaseholdError "DataError" (`not-data`, `invalid-name`, `duplicate-name`)
   */
  constant(name: string, value: unknown): this;
  /**
   * Exports a function.
   * @param name "async " or "*" may stand before it
   * @param parameters each as source: "x", "y = 1", "{ a, b }", "...rest"
   * @param body statements, or what writes them
   * @throws LeaseholdError "DataError" (`syntax-error`, `invalid-name`, `duplicate-name`)
   */
  function(name: string, parameters: string[], body: string | ((code: CodeBuilder) => void)): this;
  /**
   * Exports a class; the caller's to release.
   * @param options `extends`: a class or function of this module, or a name that it imports
   * @throws LeaseholdError "DataError" (`no-such-name`, `invalid-name`, `duplicate-name`)
   */
  type(name: string, options?: { extends?: string }): TypeBuilder;
}

/** A class that is being generated. A step that throws has changed nothing. */
export interface TypeBuilder extends BuilderPart {
  /** Gives every instance a property, which begins as plain data. Throws as `ModuleBuilder.constant` does. */
  field(name: string, initial?: unknown): this;
  /** Gives the class itself a property. Throws as `ModuleBuilder.constant` does. */
  static(name: string, value: unknown): this;
  /**
   * Gives the class a method. Throws as `ModuleBuilder.function` does.
   * @param name "constructor" makes the constructor; "static ", "async ", "get ", "set " and "*" may stand before a name, as in a class
   */
  method(name: string, parameters: string[], body: string | ((code: CodeBuilder) => void)): this;
}

/**
 * The body of a function that is being generated, lent to a callback: it ends by itself when that returns. Each step has to leave a
 * function that parses, once its open blocks are closed; one that does not throws, and has changed nothing.
 */
export interface CodeBuilder extends BuilderPart {
  /** Adds whole statements. */
  line(text: string): this;
  /** Adds a constant variable; a comma in its expression has to stand in brackets. */
  local(name: string, expression: string): this;
  /** Adds a block behind `head`: "if (x)", "else", "for (const a of b)", "try". The outer builder waits for `body` to return. */
  block(head: string, body: (code: CodeBuilder) => void): this;
}
