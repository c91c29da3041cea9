import { expect } from "chai";
import { withHeaders } from "../served.js";

/** The file in examples/ that a block of code begins with the name of. */
export const shownFile = (code: string): string | undefined => /^\/\/ (examples\/\S+)\n/.exec(code)?.[1];

/** Holds the rest of such a block to be a part of that file, however far it is indented there. */
export async function isInFile(code: string, file: string): Promise<void> {
  const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
  const response = await fetch(withHeaders(`/${file}`, {}));
  expect(plain(await response.text())).to.include(plain(code.slice(code.indexOf("\n"))));
}
