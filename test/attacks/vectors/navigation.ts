import type { Group, Vector } from "../support/vector.js";

const vectors = (
  [
    { name: "location.href =", run: (to) => (location.href = `${to.url}.html`) },
    { name: "location.assign()", run: (to) => location.assign(`${to.url}.html`) },
    { name: "location.replace()", run: (to) => location.replace(`${to.url}.html`) },
    {
      name: "navigation.navigate()",
      absent: ["webkit"],
      run: (to) =>
        (globalThis as unknown as { navigation: { navigate(url: string): unknown } }).navigation.navigate(
          `${to.url}.html`,
        ),
    },
    {
      name: "meta refresh",
      run(to) {
        const meta = document.createElement("meta");
        meta.httpEquiv = "refresh";
        meta.content = `0;url=${to.url}.html`;
        document.head.append(meta);
      },
    },
    {
      name: "meta refresh that is written",
      run(to) {
        document.open();
        document.write(`<meta http-equiv="refresh" content="0;url=${to.url}.html">`);
        document.close();
      },
    },
    {
      name: "anchor click",
      run(to) {
        const anchor = document.createElement("a");
        anchor.href = `${to.url}.html`;
        document.body.append(anchor);
        anchor.click();
      },
    },
    {
      name: "anchor click, SVG",
      run(to) {
        document.body.insertAdjacentHTML("beforeend", `<svg><a id="svg-link" href="${to.url}.html"></a></svg>`);
        document.getElementById("svg-link")!.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      },
    },
    {
      name: "anchor click, target=_blank",
      run(to) {
        const anchor = document.createElement("a");
        anchor.href = `${to.url}.html`;
        anchor.target = "_blank";
        document.body.append(anchor);
        anchor.click();
      },
    },
    {
      name: "anchor click, target=_top",
      top: true,
      run(to) {
        const anchor = document.createElement("a");
        anchor.href = `${to.url}.html`;
        anchor.target = "_top";
        document.body.append(anchor);
        anchor.click();
      },
    },
    {
      name: "download",
      run(to) {
        const anchor = document.createElement("a");
        anchor.href = `${to.url}.txt`;
        anchor.download = "taken";
        document.body.append(anchor);
        anchor.click();
      },
    },
    {
      name: "form, GET",
      run(to) {
        const form = document.createElement("form");
        form.action = `${to.url}.html`;
        document.body.append(form);
        form.submit();
      },
    },
    {
      name: "form, POST",
      run(to) {
        const form = document.createElement("form");
        form.method = "post";
        form.action = `${to.url}.html`;
        document.body.append(form);
        form.submit();
      },
    },
    {
      name: "form, a button's formaction",
      run(to) {
        const form = document.createElement("form");
        const button = document.createElement("button");
        button.formAction = `${to.url}.html`;
        form.append(button);
        document.body.append(form);
        form.requestSubmit(button);
      },
    },
    {
      name: "form, method=dialog with an action",
      uncontrolled: "a form of that method closes a dialog, and goes nowhere",
      run(to) {
        document.body.insertAdjacentHTML(
          "beforeend",
          `<dialog open><form method="dialog" action="${to.url}.html"><button></button></form></dialog>`,
        );
        document.querySelector<HTMLButtonElement>("dialog button")!.click();
      },
    },
    { name: "window.open()", run: (to) => void open(`${to.url}.html`) },
    { name: "window.open(), empty", seen: "window", leaves: false, run: () => void open("") },
    { name: "window.open(), _self", run: (to) => void open(`${to.url}.html`, "_self") },
    { name: "top.location =", top: true, run: (to) => void (top!.location.href = `${to.url}.html`) },
    { name: "parent.location =", run: (to) => void (parent.location.href = `${to.url}.html`) },
    {
      name: "a sibling's location",
      top: true,
      run(to) {
        for (const root of [parent, parent.parent, top!]) {
          for (let index = 0; index < root.length; index++) {
            if (root[index] !== self) root[index]!.location.href = `${to.url}.html`;
          }
        }
      },
    },
    {
      name: "window.open(), a sibling's name",
      run: (to) => void open(`${to.url}.html`, "sibling"),
    },
    {
      name: "blob: document",
      run(to) {
        const html = `<img src="${to.url}.svg"><meta http-equiv="refresh" content="0;url=${to.url}.html">`;
        location.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
      },
    },
    {
      name: "blob: document in a frame",
      run(to) {
        const html = `<img src="${to.url}.svg"><meta http-equiv="refresh" content="0;url=${to.url}.html">`;
        const frame = document.createElement("iframe");
        frame.src = URL.createObjectURL(new Blob([html], { type: "text/html" }));
        document.body.append(frame);
      },
    },
    {
      name: "data: document",
      run(to) {
        location.href = `data:text/html,<img src="${to.url}.svg">`;
      },
    },
    {
      name: "data: document in a frame",
      run(to) {
        const frame = document.createElement("iframe");
        frame.src = `data:text/html,<img src="${to.url}.svg">`;
        document.body.append(frame);
      },
    },
    {
      name: "javascript: document",
      run(to) {
        location.href = `javascript:'<img src="${to.url}.svg">'`;
      },
    },
    {
      name: "javascript: document in a frame",
      run(to) {
        const frame = document.createElement("iframe");
        frame.src = `javascript:'<img src="${to.url}.svg">'`;
        document.body.append(frame);
      },
    },
    {
      name: "frame",
      run(to) {
        const frame = document.createElement("iframe");
        frame.src = `${to.url}.html`;
        document.body.append(frame);
      },
    },
    {
      name: "nested about:blank, then navigated",
      run(to) {
        const frame = document.createElement("iframe");
        document.body.append(frame);
        frame.contentWindow!.location.href = `${to.url}.html`;
      },
    },
    {
      name: "nested srcdoc that refreshes",
      run(to) {
        const frame = document.createElement("iframe");
        frame.srcdoc = `<meta http-equiv="refresh" content="0;url=${to.url}.html">`;
        document.body.append(frame);
      },
    },
    {
      name: "nested srcdoc with an image",
      run(to) {
        const frame = document.createElement("iframe");
        frame.srcdoc = `<img src="${to.url}.svg">`;
        document.body.append(frame);
      },
    },
    {
      name: "nested srcdoc with sandbox=allow-top-navigation",
      top: true,
      run(to) {
        const frame = document.createElement("iframe");
        frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-top-navigation allow-popups allow-forms");
        frame.srcdoc = `<a target="_top" href="${to.url}.html">a</a><script>document.querySelector("a").click()</script>`;
        document.body.append(frame);
      },
    },
    {
      name: "object",
      run(to) {
        const element = document.createElement("object");
        element.data = `${to.url}.html`;
        document.body.append(element);
      },
    },
    {
      name: "embed",
      run(to) {
        const element = document.createElement("embed");
        element.src = `${to.url}.html`;
        document.body.append(element);
      },
    },
    {
      name: "frameset",
      run(to) {
        const set = document.createElement("frameset");
        const frame = document.createElement("frame");
        frame.src = `${to.url}.html`;
        set.append(frame);
        document.documentElement.append(set);
      },
    },
    {
      name: "custom protocol",
      uncontrolled: "a program that takes such an address would have to be installed",
      run(to) {
        location.href = `web+attack:${to.id}`;
      },
    },
    {
      name: "base",
      run(to) {
        const base = document.createElement("base");
        base.href = `${to.url}/`;
        document.head.append(base);
        document.body.append(Object.assign(document.createElement("img"), { src: "image.svg" }));
      },
    },
  ] satisfies Partial<Vector>[]
).map((each): Vector => ({ seen: "http", leaves: true, ...each }));

export const navigation: Group = { name: "navigation", vectors };
