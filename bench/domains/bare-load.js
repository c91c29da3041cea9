import { bareFrame, nextMessage, openBareDomain } from "./bare.js";
import { unitCode } from "./service.js";

const importUnit = `(async (code) => {
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const unit = await import(url);
  URL.revokeObjectURL(url);
  return unit.add(1, 2);
})`;

/** Milliseconds from nothing to the first result of a unit, in a frame that has its code from the start. */
export async function bareCold(kind) {
  const answer = kind === "worker" ? "postMessage(result)" : `parent.postMessage(result, "*")`;
  const start = performance.now();
  const message = new Promise((resolve) => addEventListener("message", resolve, { once: true }));
  const frame = bareFrame(kind, `${importUnit}(${JSON.stringify(unitCode)}).then((result) => ${answer});`);
  const { data } = await message;
  const took = performance.now() - start;
  frame.remove();
  if (data !== 3) throw new Error(`The bare ${kind} answered ${data}`);
  return took;
}

/** Milliseconds from handing the code to a waiting frame or worker to the unit's first result. */
export async function bareWarm(kind) {
  const domain = await openBareDomain(
    kind,
    `port.onmessage = async ({ data }) => port.postMessage(await ${importUnit}(data));`,
  );
  const start = performance.now();
  domain.port.postMessage(unitCode);
  const result = await nextMessage(domain.port);
  const took = performance.now() - start;
  domain.close();
  if (result !== 3) throw new Error(`The bare ${kind} answered ${result}`);
  return took;
}
