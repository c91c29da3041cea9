const announcement = "/support/running";

/** Runs in every test page: a beacon leaves though the page never comes to itself again. */
const announce = `beforeEach("tells which test runs", function () {
  navigator.sendBeacon("${announcement}?" + encodeURIComponent(this.currentTest.titlePath().join(" › ")));
});\n`;

/** Knows which test runs at this moment, so that one which hangs its page can be named. */
export function runningTest() {
  let title;
  return {
    /** @returns {string | undefined} the full name of the test that began last */
    title: () => title,
    plugin: {
      name: "running-test",
      transform: ({ path, body }) => (path.endsWith(".test.ts") ? { body: announce + body } : undefined),
    },
    middleware(context, next) {
      if (context.path !== announcement) return next();
      title = decodeURIComponent(context.querystring);
      context.status = 204;
    },
  };
}
