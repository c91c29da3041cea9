import { executeServerCommand } from "@web/test-runner-commands";
import type { FrameDocumentOptions, UnitOptions } from "leasehold/vite";

/** Path → text. */
type Files = Record<string, string>;

/** What `vite build` makes of a unit's sources, or why it fails. They may have a vite.config.js of their own. */
export const buildUnit = (
  files: Files,
  { options = {}, config = {} }: { options?: UnitOptions; config?: object } = {},
): Promise<{ built?: Files; error?: { name: string; message: string } }> =>
  executeServerCommand("vite-build-unit", { files, options, config });

/** What Vite's development server answers, or the one that shows what was built; `files` may have a vite.config.js of their own. */
export const serveFrame = (
  by: "dev" | "preview",
  address: string,
  { options = {}, config = {}, files = {} }: { options?: FrameDocumentOptions; config?: object; files?: Files } = {},
): Promise<{ headers: Record<string, string>; text: string }> =>
  executeServerCommand("vite-serve-frame", {
    by,
    address,
    options,
    config,
    files: { "index.html": "<!doctype html><title>A page</title>", ...files },
  });
