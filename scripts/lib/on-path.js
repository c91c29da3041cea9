import { existsSync } from "node:fs";
import path from "node:path";

/** @returns {string | undefined} the executable of that name, from the folders that commands are looked for in */
export const onPath = (name) =>
  (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
