import { expect } from "chai";
import { fetcher, type FetcherOptions, type FetchInit } from "leasehold/services";
import { leavesNothing } from "../support/baseline.js";
import { someUser, type SomeUser } from "../support/capability-user.js";
import { inEngine } from "../support/engine.js";
import { rejection } from "../support/rejection.js";
import { drip, echo, elsewhere, hang, otherOrigin, redirect, requestsAbout, status } from "../support/served.js";
import { until } from "../support/until.js";

interface Echo {
  method: string;
  headers: Record<string, string>;
  body: string;
}

const here = (path: string): string => new URL(path, location.origin).href;
const large = "/dist/leasehold.js";

describe("a fetcher", () => {
  leavesNothing();

  let users: SomeUser[];
  beforeEach(() => void (users = []));
  afterEach(() => users.forEach((user) => user.go()));

  const fetching = (options: FetcherOptions = {}, network = [location.origin]) => {
    const user = someUser("reader", { network });
    users.push(user);
    return fetcher(options).make(user);
  };
  const echoed = async (init: FetchInit, options?: FetcherOptions): Promise<Echo> => {
    const answer = await fetching(options)(here(echo()), init);
    return (await new Response(answer.body, answer).json()) as Echo;
  };

  it("gives what a Response can be made of", async () => {
    const answer = await fetching()(here(status(203, "/test/support/served.ts")));
    expect(answer).to.include({ status: 203, ok: true }).and.to.have.property("url").that.includes("/support/status");
    const response = new Response(answer.body, answer);
    expect(response.headers.get("cache-control")).to.equal("no-store");
    expect(await response.text()).to.include("The origin of a second server");
  });

  it("gives no body where there can be none", async () => {
    const answer = await fetching()(here(status(204)));
    expect(answer.body).to.equal(null);
    expect(new Response(answer.body, answer).status).to.equal(204);
  });

  it("sends method, headers and body", async () => {
    const headers: [string, string][] = [
      ["content-type", "text/x-words"],
      ["X-Api-Key", "a"],
      ["x-api-key", "b"],
    ];
    const sent = await echoed({ method: "put", headers, body: "héllo" }, { headers: ["X-API-Key"] });
    expect(sent).to.include({ method: "PUT", body: "héllo" });
    expect(sent.headers).to.include({ "content-type": "text/x-words", "x-api-key": "a, b" });
    expect(
      (await echoed({ method: "POST", body: new Blob(["b"]), headers: { Accept: "a/b" } })).headers.accept,
    ).to.equal("a/b");
    expect((await echoed({ method: "POST", body: new TextEncoder().encode("bytes") })).body).to.equal("bytes");
  });

  it("sends nothing of the person's or the page's, but its origin", async () => {
    document.cookie = "fetcher=secret; path=/";
    try {
      const sent = await echoed({ method: "POST", body: "x", credentials: "include", referrer: "/" } as FetchInit);
      expect(sent.headers).to.not.have.any.keys("cookie", "referer", "authorization");
      expect(sent.headers.origin).to.equal(location.origin);
      expect((await echoed({}, { credentials: "same-origin" })).headers.cookie).to.include("fetcher=secret");
    } finally {
      document.cookie = "fetcher=; path=/; max-age=0";
    }
  });

  describe("reaches", () => {
    const denied = { name: "PermissionDeniedError", code: "origin-refused", unit: "reader" };

    it("the origins that its unit was granted, and no other", async () => {
      const other = await elsewhere(`${echo()}&about=reach-other`, { cors: true });
      const error = await rejection(fetching()(other));
      expect(error).to.include(denied);
      expect(error.message)
        .to.include(await otherOrigin())
        .and.to.include(location.origin);
      expect(await rejection(fetching({}, [])(here(echo())))).to.include(denied);
      const blob = URL.createObjectURL(new Blob(["of the page"]));
      for (const url of [
        blob,
        "data:,x",
        "file:///etc/passwd",
        location.origin.replace("//", "//sub."),
        "about:blank",
      ]) {
        expect(await rejection(fetching()(url))).to.include(denied);
      }
      URL.revokeObjectURL(blob);
      expect(await requestsAbout("reach-other")).to.deep.equal([]);
      expect(await fetching({}, [await otherOrigin()])(other)).to.include({ status: 200 });
      expect(await requestsAbout("reach-other")).to.have.length(1);
    });

    it("no more than the page narrows that to, for all or for each", async () => {
      const other = await otherOrigin();
      const both = [location.origin, other];
      const narrowings: [FetcherOptions["origins"], network: string[]][] = [
        [[other], both],
        [["https://wider.example"], both],
        [({ name }) => (name === "reader" ? [] : both), both],
        [both, [other]],
        [() => undefined as never, both],
      ];
      for (const [origins, network] of narrowings) {
        expect(await rejection(fetching({ origins }, network)(here(echo())))).to.include(denied);
      }
      const asked = ({ permissions }: { permissions?: { network?: string[] } }) => permissions?.network ?? [];
      expect(await fetching({ origins: asked }, both)(here(echo()))).to.include({ ok: true });
    });

    it("nothing by way of a redirect, which is not followed", async () => {
      const other = await elsewhere(`${echo()}&about=redirected`, { cors: true });
      for (const code of [301, 302, 303, 307, 308]) {
        const error = await rejection(fetching()(here(redirect(other, code)), { method: "POST", body: "secret" }));
        expect(error).to.include({ name: "PermissionDeniedError", code: "redirect-refused" });
      }
      expect(await rejection(fetching()(here(redirect(echo()))))).to.include({ code: "redirect-refused" });
      expect(await requestsAbout("redirected")).to.deep.equal([]);
    });
  });

  describe("refuses", () => {
    it("an address that is relative, or has a password in it", async () => {
      const urls = [
        "/support/echo",
        "",
        "//",
        1,
        null,
        {},
        new URL(here(echo())),
        here(echo()).replace("//", "//me:pass@"),
      ];
      for (const url of urls as string[]) {
        expect(await rejection(fetching()(url))).to.include({ name: "DataError", code: "request-invalid" });
      }
    });

    it("methods that the page does not allow", async () => {
      for (const method of ["OPTIONS", "TRACE", "CONNECT", "track", "", "GET "]) {
        const error = await rejection(fetching()(here(echo()), { method }));
        expect(error).to.include({ name: "PermissionDeniedError", code: "method-refused" });
      }
      const reading = fetching({ methods: ["get"] });
      expect(await reading(here(echo()))).to.include({ ok: true });
      expect(await rejection(reading(here(echo()), { method: "POST" }))).to.include({ code: "method-refused" });
    });

    it("headers that the page does not allow", async () => {
      const names = ["cookie", "Cookie", "host", "origin", "referer", "x-forwarded-for", "sec-fetch-site", "x-mine"];
      for (const name of names) {
        const error = await rejection(fetching()(here(echo()), { headers: { [name]: "x" } }));
        expect(error).to.include({ name: "PermissionDeniedError", code: "header-refused" });
        expect(error.message).to.include(name);
      }
    });

    it("what is no request", async () => {
      const inits = [
        null,
        "GET",
        () => {},
        { method: 1 },
        { headers: "accept: a" },
        { headers: ["accept"] },
        { headers: [["accept", "a", "b"], 1] },
        { headers: { accept: 1 } },
        { headers: { "acc ept": "a" } },
        { headers: { accept: "a\r\nx: y" } },
        { signal: {} },
        { body: "text" },
        { method: "HEAD", body: "text" },
        { method: "POST", body: {} },
        { method: "POST", body: 1 },
        { method: "POST", body: () => {} },
        { method: "POST", body: new ReadableStream({ start: (to) => (to.enqueue("text"), to.close()) }) },
      ] as unknown as FetchInit[];
      for (const init of inits) {
        const error = await rejection(fetching()(here(echo()), init));
        expect(error, JSON.stringify(init)).to.include({ name: "DataError", code: "request-invalid" });
      }
    });
  });

  describe("sends a stream", () => {
    const words = () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const word of ["one ", "two ", "three"]) controller.enqueue(new TextEncoder().encode(word));
          controller.close();
        },
      });

    it("once all of it is there", async () => {
      expect((await echoed({ method: "POST", body: words() })).body).to.equal("one two three");
      expect(users[0]?.books.slice(0, 3).map(([, bytes]) => bytes)).to.deep.equal([4, 4, 5]);
    });

    // Firefox and WebKit send none: what is there is collected first, as without the wish.
    const sendsStreams = inEngine({ chromium: true, firefox: false, webkit: false });

    it("as it comes where that is asked for, which takes HTTP/2", async () => {
      const { fetch } = globalThis;
      const sent: RequestInit[] = [];
      globalThis.fetch = async (_, init = {}) => {
        sent.push(init);
        return new Response(init.body);
      };
      try {
        const { body } = await fetching()(here(echo()), { method: "POST", body: words(), duplex: "half" });
        expect(sent[0]?.body).to.be.instanceOf(sendsStreams ? ReadableStream : Blob);
        expect(await new Response(body).text()).to.equal("one two three");
      } finally {
        globalThis.fetch = fetch;
      }
      const overHttp1 = fetching()(here(echo()), { method: "POST", body: words(), duplex: "half" });
      if (sendsStreams) expect(await rejection(overHttp1)).to.include({ name: "LoadError", code: "fetch-failed" });
      else expect((await overHttp1).status).to.equal(200);
    });

    it("of no more than it may, and tells the stream", async () => {
      let cancelled: unknown;
      const endless = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(400)),
        cancel: (reason) => void (cancelled = reason),
      });
      const error = await rejection(
        fetching({ maxRequestBytes: 1000 })(here(echo()), { method: "POST", body: endless }),
      );
      expect(error).to.include({ name: "LimitExceededError", code: "request-too-large" });
      expect(cancelled).to.equal(error);
    });

    it("until the request is aborted", async () => {
      const silent = new ReadableStream<Uint8Array>();
      const abort = new AbortController();
      const sending = fetching()(here(echo()), { method: "POST", body: silent, signal: abort.signal });
      abort.abort(new RangeError("Enough."));
      expect((await rejection(sending)).message).to.equal("Enough.");
    });
  });

  describe("keeps to a limit", () => {
    it("of what is sent", async () => {
      const bodies = ["ü".repeat(501), new Uint8Array(1001), new Uint8Array(1001).buffer, new Blob(["b".repeat(1001)])];
      for (const body of bodies) {
        const error = await rejection(fetching({ maxRequestBytes: 1000 })(here(echo()), { method: "POST", body }));
        expect(error).to.include({ name: "LimitExceededError", code: "request-too-large" });
      }
    });

    it("of what comes back, announced or not", async () => {
      const tooLarge = { name: "LimitExceededError", code: "response-too-large" };
      const reading = fetching({ maxBytes: 1000 });
      expect(await rejection(reading(here(drip(large))))).to.include(tooLarge);
      const { body } = await reading(here(echo()), { method: "POST", body: "x".repeat(1000) });
      expect(await rejection(drained(body!.getReader()))).to.include(tooLarge);
    });
  });

  describe("sends so many at a time", () => {
    const isSettled = (promise: Promise<unknown>) =>
      Promise.race([promise.then(() => true), fetch(here(echo())).then(() => false)]);

    it("and the next when an answer has been read, cancelled or refused", async () => {
      const reading = fetching({ concurrent: 1 });
      const endings: ((answer: Awaited<ReturnType<typeof reading>>) => Promise<unknown>)[] = [
        ({ body }) => new Response(body).text(),
        ({ body }) => body!.cancel(),
      ];
      for (const end of endings) {
        const answer = await reading(here(drip(large)));
        const next = reading(here(status(204)));
        expect(await isSettled(next)).to.equal(false);
        await end(answer);
        expect(await next).to.include({ status: 204 });
      }
      await rejection(reading(here(redirect(echo()))));
      expect(await reading(here(status(204)))).to.include({ status: 204 });
    });

    it("and none that was aborted while it waited, or whose unit has gone", async () => {
      const reading = fetching({ concurrent: 1 });
      await reading(here(hang(large)));
      const abort = new AbortController();
      const given = reading(here(status(204)), { signal: abort.signal });
      const left = reading(here(status(204)));
      abort.abort(new RangeError("Enough."));
      expect((await rejection(given)).message).to.equal("Enough.");
      users[0]!.go();
      expect((await rejection(left)).message).to.include("has gone");
    });
  });

  it("collects the body of no request that waits for its turn, and tells it when that never comes", async () => {
    const reading = fetching({ concurrent: 1 });
    const silent = new ReadableStream<Uint8Array>();
    const first = reading(here(echo()), { method: "POST", body: silent });
    let isRead = false;
    let cancelled: unknown;
    const body = new ReadableStream<Uint8Array>(
      { pull: () => void (isRead = true), cancel: (reason) => void (cancelled = reason) },
      { highWaterMark: 0 },
    );
    const abort = new AbortController();
    const second = reading(here(echo()), { method: "POST", body, signal: abort.signal });
    await fetch(here(echo()));
    expect(isRead).to.equal(false);
    abort.abort(new RangeError("Enough."));
    expect((await rejection(second)).message).to.equal("Enough.");
    expect(cancelled).to.equal(abort.signal.reason);
    users[0]!.go();
    await rejection(first);
  });

  it("adds what bodies move to the books, as it moves", async () => {
    const { body } = await fetching()(here(drip(large, { ms: 1 })));
    const text = await new Response(body).arrayBuffer();
    const { books } = users[0]!;
    expect(books.length).to.be.above(1);
    expect(books.reduce((sum, [, bytes]) => sum + bytes, 0)).to.equal(text.byteLength);
  });

  describe("gives up", () => {
    it("before the answer, when its caller's signal aborts", async () => {
      const abort = new AbortController();
      const asking = fetching()(here(hang()), { signal: abort.signal });
      abort.abort(new RangeError("Enough."));
      expect((await rejection(asking)).message).to.equal("Enough.");
      const again = rejection(fetching()(here(echo()), { signal: AbortSignal.abort(new RangeError("Before.")) }));
      expect((await again).message).to.equal("Before.");
    });

    it("in the middle of the body, when its caller's signal aborts", async () => {
      const abort = new AbortController();
      const { body } = await fetching()(here(hang(large)), { signal: abort.signal });
      const reader = body!.getReader();
      await reader.read();
      abort.abort(new RangeError("Enough."));
      expect((await rejection(drained(reader))).message).to.equal("Enough.");
    });

    it("when its unit goes, answered or not", async () => {
      const reading = fetching();
      const asking = reading(here(hang()));
      const { body } = await reading(here(hang(large)));
      users[0]!.go();
      expect((await rejection(asking)).message).to.include("has gone");
      await rejection(new Response(body).text());
    });

    it("when the body is cancelled", async () => {
      const { body } = await fetching()(here(drip(large, { ms: 50 })));
      await body!.cancel();
      const { books } = users[0]!;
      const counted = books.length;
      await until("the answer would have gone on", async () => (await fetch(here(drip(large, { ms: 5 })))).text());
      expect(books).to.have.length(counted);
    });

    it("where there is no answer that the page may read", async () => {
      const other = await elsewhere(echo());
      const error = await rejection(fetching({}, [await otherOrigin()])(other));
      expect(error).to.include({ name: "LoadError", code: "fetch-failed", unit: "reader" });
      expect(error.message)
        .to.include("CORS")
        .and.to.include(await otherOrigin());
    });
  });
});

async function drained(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}
