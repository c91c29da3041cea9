import * as Comlink from "/node_modules/comlink/dist/esm/comlink.mjs";
import { openBareDomain } from "../domains/bare.js";
import { serviceCode } from "../domains/service.js";

let library;

/** Stock Comlink, in the frame or worker as its UMD build, which a frame without network can be given as text. */
export const comlink = {
  name: "Comlink",
  async open(kind) {
    library ??= await (await fetch("/node_modules/comlink/dist/umd/comlink.js")).text();
    const { port, close } = await openBareDomain(
      kind,
      `(function () { ${library} }).call(globalThis); ${serviceCode} Comlink.expose({ add, take }, port);`,
    );
    const remote = Comlink.wrap(port);
    return {
      add: (a, b) => remote.add(a, b),
      take: (buffer) => remote.take(Comlink.transfer(buffer, [buffer])),
      close,
    };
  },
};
