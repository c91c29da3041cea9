/** A unit that works on its own, and is slow to end. */
export const busyCode = `
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  let context, work, tell = () => {}, stays = false;
  export const activate = (given) => { context = given; };
  export const listen = (listener) => { tell = listener; };
  export const tick = (ms) => { setInterval(() => tell("tick"), ms); };
  export const queue = (ms) => { setTimeout(() => tell("late"), ms); };
  export const refuse = () => { work = context.activity("refusing to go"); };
  export const stop = () => { work.release(); };
  export const stay = () => { stays = true; };
  export const sleep = (ms) => pause(ms);
  export const call = (fn) => fn();
  export const deactivate = async () => {
    await tell("finalizing");
    await pause(stays ? 60_000 : 30);
    await tell("finalized");
  };`;
export interface Busy {
  listen(listener: (word: string) => unknown): void;
  tick(ms: number): void;
  queue(ms: number): void;
  refuse(): void;
  stop(): void;
  stay(): void;
  sleep(ms: number): Promise<void>;
  call(fn: () => unknown): unknown;
}
