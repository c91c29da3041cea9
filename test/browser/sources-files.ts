/** A file as a server would have it: its text or bytes, or how it answers. */
export type ServedFile = string | Uint8Array<ArrayBuffer> | ((request: Request) => Response | Promise<Response>);

export interface FileServer {
  /** What was asked for, oldest first, without the server's address. */
  readonly asked: string[];
  stop(): void;
}

/** Where the files of `serveFiles` are. */
export const address = "https://units.example/";

const types: Record<string, string> = {
  js: "text/javascript",
  json: "application/json",
  html: "text/html; charset=utf-8",
};

/** Answers this page's requests to one address from memory: a test says in itself what the server has. */
export function serveFiles(files: Record<string, ServedFile>): FileServer {
  const asked: string[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.startsWith(address)) return fetch(input, init);
    const path = request.url.slice(address.length);
    asked.push(path);
    request.signal.throwIfAborted();
    const file = files[decodeURI(path)];
    if (typeof file === "function") return file(request);
    const type = types[path.split(/[?#]/)[0]!.split(".").at(-1)!];
    const response = new Response(file ?? "", {
      status: file === undefined ? 404 : 200,
      ...(type && { headers: { "content-type": type } }),
    });
    return locate(response, request.url);
  };
  return { asked, stop: () => void (globalThis.fetch = fetch) };
}

/** Gives a response the address that it came from, which differs after a redirection. */
export function locate(response: Response, url: string): Response {
  return Object.defineProperty(response, "url", { value: url });
}

/** A body that comes in pieces of a kilobyte, forever; says how much was read and whether it was cancelled. */
export function endless(): { body: ReadableStream; read(): number; isCancelled(): boolean } {
  let bytes = 0;
  let isCancelled = false;
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve));
      bytes += 1024;
      controller.enqueue(new TextEncoder().encode("//" + " ".repeat(1021) + "\n"));
    },
    cancel: () => void (isCancelled = true),
  });
  return { body, read: () => bytes, isCancelled: () => isCancelled };
}
