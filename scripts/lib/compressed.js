import { brotliCompressSync, constants } from "node:zlib";

/** Bytes of a text as a browser gets it: brotli, at the best quality that there is, in the window that HTTP allows. */
export function compressed(/** @type {string | Buffer} */ text) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return brotliCompressSync(text, { params }).length;
}
