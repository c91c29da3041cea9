/** Longest times between two beats of a 10 ms timer, in milliseconds. */
export interface Gaps {
  /** In the page. */
  page: number;
  /** In a worker of the page's that has nothing else to do: so long the machine itself stood still. */
  machine: number;
}

const source = `
  let last = performance.now(), gap = 0;
  const beat = () => { const now = performance.now(); gap = Math.max(gap, now - last); last = now; };
  setInterval(beat, 10);
  onmessage = () => { beat(); postMessage(gap); };
  postMessage("beating");
`;

/** Watches how long the page, and the machine that it is on, leave a 10 ms timer waiting while `body` runs. */
export async function longestGaps(body: () => unknown): Promise<Gaps> {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const witness = new Worker(url);
  const heard = (): Promise<unknown> => new Promise((resolve) => (witness.onmessage = ({ data }) => resolve(data)));
  await heard();
  URL.revokeObjectURL(url);
  let last = performance.now();
  let page = 0;
  const beat = (): void => {
    const now = performance.now();
    page = Math.max(page, now - last);
    last = now;
  };
  const timer = setInterval(beat, 10);
  try {
    await body();
    beat();
    const answer = heard();
    witness.postMessage("how long?");
    return { page, machine: (await answer) as number };
  } finally {
    clearInterval(timer);
    witness.terminate();
  }
}
