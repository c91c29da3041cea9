import { awaitPort } from "../../src/domain/await-port.js";
import { createFrame } from "../../src/domain/frame-element.js";
import {
  createRemote,
  Session,
  Targets,
  type GuestControl,
  type HostControl,
  type Remote,
} from "../../src/remoting/index.js";

const policy = "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:";

const host: HostControl = {
  linked() {},
  violated() {},
  log() {},
  resized() {},
  activityStarted() {},
  activityEnded() {},
  urlsChanged() {},
};

/**
 * The least that is a core: one module without imports is loaded into a worker, called through its exports, and taken away. There is
 * no manifest, version, grant, lease, limit, contract, log, crash or error of a load in it. How large this is tells what no core can
 * be smaller than; see docs/size.md.
 * @param exports names that the module exports
 */
export async function loadSmallest<T extends object>(
  code: string,
  exports: (keyof T & string)[],
): Promise<{ exports: Remote<T>; unload(): void }> {
  const frame = createFrame({ isolation: "worker", policy, allow: "", sandbox: "allow-scripts" }, undefined);
  document.body.append(frame);
  const session = new Session(await awaitPort(frame, "worker", new AbortController().signal));
  const control = createRemote<GuestControl>(() => session.invoker, Targets.control);
  session.expose(Targets.control, host);
  await control.ready("worker");
  await control.start(
    {
      unit: "smallest",
      base: "smallest/",
      entry: "index.js",
      modules: { "index.js": { body: code, imports: [], exports } },
    },
    { messageBytes: 2 ** 24, hasView: false },
  );
  return {
    exports: createRemote<T>(() => session.invoker, Targets.exports),
    unload() {
      session.close(undefined);
      frame.remove();
    },
  };
}
