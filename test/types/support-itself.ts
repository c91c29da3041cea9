import { typeOf, type Any, type Cases, type Equal, type Expect } from "./support.js";

export type Same = [
  Expect<Equal<string, string>>,
  Expect<Equal<{ a: 1 } & { b: 2 }, { a: 1; b: 2 }>>,
  // @ts-expect-error not the same
  Expect<Equal<string, number>>,
  // @ts-expect-error a part is not the whole
  Expect<Equal<string, string | undefined>>,
  // @ts-expect-error any is only itself
  Expect<Equal<Any, string>>,
  // @ts-expect-error nor is it unknown
  Expect<Equal<unknown, Any>>,
  // @ts-expect-error never is only itself
  Expect<Equal<never, string>>,
  // @ts-expect-error an optional member may be missing
  Expect<Equal<{ a?: string | undefined }, { a: string | undefined }>>,
];

export const statements = {
  "a wrong statement does not compile": (text: string) => {
    typeOf(text).is<string>();
    // @ts-expect-error it is a string
    typeOf(text).is<number>();
  },
} satisfies Cases;
