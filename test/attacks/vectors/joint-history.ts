import type { Group } from "../support/vector.js";

const reason =
  "a frame's own steps are steps of the page's history, and no policy says otherwise; nothing leaves by it";
const both = { frame: reason, "served frame": reason };
const open = { chromium: both, firefox: both, webkit: both };

const goesBack =
  "a frame may go back in the page's history in this engine, and no policy says otherwise; nothing leaves by it";
const backwards = { frame: goesBack, "served frame": goesBack };
const back = { firefox: backwards, webkit: backwards };

/** The history that a page shares with the frames in it. Apart from other navigation, which would fill it. */
export const jointHistory: Group = {
  name: "joint history",
  vectors: [
    { name: "history.pushState()", seen: "history", open, run: () => history.pushState(null, "") },
    {
      name: "fragments",
      leaves: true, // in WebKit
      seen: "history",
      open,
      run(to) {
        location.hash = to.id;
      },
    },
    { name: "history.back()", seen: "history", open: back, run: () => history.back() },
    { name: "history.go()", seen: "history", open: back, run: () => history.go(-1) },
    {
      name: "navigation.traverseTo()",
      absent: ["webkit"],
      seen: "history",
      uncontrolled: { chromium: "it sees the entries of its own frame only" },
      run() {
        const { navigation } = globalThis as unknown as {
          navigation: { entries(): { key: string }[]; traverseTo(key: string): unknown };
        };
        navigation.traverseTo(navigation.entries()[0]!.key);
      },
    },
  ],
};
