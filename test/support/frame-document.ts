/** The parts of the library's frame document that a test may change: the guest's text, and the document's own script. */
export interface FrameParts {
  guest: string;
  script: string;
}

const between = "</script><script>";

/** The library's frame document as text, the way it is served. */
export async function frameText(): Promise<string> {
  return (await fetch("/dist/frame.html")).text();
}

/** Serves a frame document that was changed, at an address of this page's own, for as long as `body` takes. */
export async function withFrameDocument(
  change: (parts: FrameParts) => FrameParts | string,
  body: (frameUrl: string) => unknown,
): Promise<void> {
  const text = await frameText();
  const at = text.lastIndexOf(between);
  const changed = change({ guest: text.slice(0, at), script: text.slice(at + between.length) });
  const html = typeof changed === "string" ? changed : changed.guest + between + changed.script;
  if (html === text) throw new Error("The frame document was not changed.");
  const url = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  try {
    await body(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Has every frame that is made meanwhile take another `sandbox` attribute, or none. */
export async function withSandbox(change: (flags: string) => string | undefined, body: () => unknown): Promise<void> {
  const { prototype } = HTMLIFrameElement;
  prototype.setAttribute = function (name, value) {
    const changed = name === "sandbox" ? change(value) : value;
    if (changed !== undefined) Element.prototype.setAttribute.call(this, name, changed);
  };
  try {
    await body();
  } finally {
    Reflect.deleteProperty(prototype, "setAttribute");
  }
}
