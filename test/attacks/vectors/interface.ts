import type { Group, Vector } from "../support/vector.js";

const ungestured = "without a click of the user's nobody gets it";
const headless = "a browser without a display asks nobody and refuses";

const shown = "a view that is shown can be focused, by itself too; no policy of the engine's keeps it from that yet";
const both = { frame: shown, "served frame": shown };
const focusable = { chromium: both, firefox: both };

const vectors: Vector[] = [
  { name: "alert", seen: "dialog", run: (to) => alert(to.id) },
  { name: "confirm", seen: "dialog", run: (to) => void confirm(to.id) },
  { name: "prompt", seen: "dialog", run: (to) => void prompt(to.id) },
  {
    name: "print",
    seen: "value",
    uncontrolled: { webkit: "a WebKit that is driven prints nothing" },
    run: () =>
      new Promise((resolve) => {
        addEventListener("beforeprint", () => resolve(true));
        print();
        setTimeout(resolve, 100);
      }),
  },
  {
    name: "fullscreen",
    seen: "value",
    uncontrolled: ungestured,
    run: () => document.body.requestFullscreen().then(() => true),
  },
  {
    name: "pointer lock",
    seen: "value",
    uncontrolled: ungestured,
    run: () => Promise.resolve(document.body.requestPointerLock()).then(() => document.pointerLockElement),
  },
  {
    name: "orientation lock",
    seen: "value",
    uncontrolled: "a desktop's screen does not turn",
    run: () => (screen.orientation as unknown as { lock(o: string): Promise<void> }).lock("portrait").then(() => true),
  },
  {
    name: "keyboard lock",
    seen: "value",
    uncontrolled: "only the top document may have it",
    run: () => (navigator as unknown as { keyboard: { lock(): Promise<void> } }).keyboard.lock().then(() => true),
  },
  {
    name: "wake lock",
    seen: "value",
    uncontrolled: { webkit: "a WebKit without a desktop has none to give" },
    run: () => navigator.wakeLock.request("screen").then((lock) => lock.release().then(() => true)),
  },
  {
    name: "clipboard, read",
    seen: "value",
    uncontrolled: headless,
    run: () => navigator.clipboard.readText().then(() => true),
  },
  {
    name: "clipboard, write",
    seen: "value",
    uncontrolled: ungestured,
    run: (to) => navigator.clipboard.writeText(to.id).then(() => true),
  },
  {
    name: "clipboard, by a command",
    seen: "value",
    uncontrolled: ungestured,
    run(to) {
      const field = document.createElement("textarea");
      field.value = to.id;
      document.body.append(field);
      field.select();
      return document.execCommand("copy");
    },
  },
  {
    name: "camera",
    seen: "value",
    uncontrolled: headless,
    run: () => navigator.mediaDevices.getUserMedia({ video: true }),
  },
  {
    name: "microphone",
    seen: "value",
    uncontrolled: headless,
    run: () => navigator.mediaDevices.getUserMedia({ audio: true }),
  },
  {
    name: "screen capture",
    seen: "value",
    uncontrolled: ungestured,
    run: () => navigator.mediaDevices.getDisplayMedia(),
  },
  {
    name: "devices, their names",
    seen: "value",
    run: () => navigator.mediaDevices.enumerateDevices().then((devices) => devices.some(({ label }) => label)),
    uncontrolled: headless,
  },
  {
    name: "geolocation",
    seen: "value",
    uncontrolled: headless,
    run: () =>
      new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 500 })),
  },
  {
    name: "notifications",
    seen: "value",
    uncontrolled: headless,
    run: () => Notification.requestPermission().then((state) => state === "granted"),
  },
  {
    name: "autoplay",
    seen: "value",
    run: () => {
      const context = new AudioContext();
      return context.resume().then(() => context.state === "running");
    },
    uncontrolled: ungestured,
  },
  { name: "gamepads", seen: "value", worker: false, run: () => navigator.getGamepads() },
  { name: "MIDI", seen: "value", uncontrolled: headless, run: () => navigator.requestMIDIAccess().then(() => true) },
  {
    name: "USB",
    absent: ["firefox", "webkit"],
    seen: "value",
    worker: true,
    run: () => (navigator as unknown as { usb: { getDevices(): Promise<unknown> } }).usb.getDevices(),
  },
  {
    name: "HID",
    absent: ["firefox", "webkit"],
    seen: "value",
    worker: true,
    run: () => (navigator as unknown as { hid: { getDevices(): Promise<unknown> } }).hid.getDevices(),
  },
  {
    name: "serial ports",
    absent: ["webkit"],
    seen: "value",
    worker: true,
    run: () => (navigator as unknown as { serial: { getPorts(): Promise<unknown> } }).serial.getPorts(),
  },
  {
    name: "idle detection",
    seen: "value",
    worker: true,
    uncontrolled: ungestured,
    run: () =>
      (
        globalThis as unknown as { IdleDetector: { requestPermission(): Promise<string> } }
      ).IdleDetector.requestPermission().then((state) => state === "granted"),
  },
  {
    name: "payment",
    seen: "value",
    uncontrolled: ungestured,
    run: () =>
      new PaymentRequest([{ supportedMethods: "https://pay.invalid" }], {
        total: { label: "t", amount: { currency: "EUR", value: "1" } },
      }).show(),
  },
  {
    name: "passkeys",
    seen: "value",
    uncontrolled: headless,
    run: () => navigator.credentials.get({ publicKey: { challenge: new Uint8Array(8), timeout: 300 } }),
  },
  {
    name: "picture in picture",
    seen: "value",
    uncontrolled: ungestured,
    run: () =>
      (
        globalThis as unknown as { documentPictureInPicture: { requestWindow(): Promise<unknown> } }
      ).documentPictureInPicture.requestWindow(),
  },
  {
    name: "file picker",
    seen: "value",
    uncontrolled: ungestured,
    run: () => (globalThis as unknown as { showOpenFilePicker(): Promise<unknown> }).showOpenFilePicker(),
  },
  {
    name: "the page's document",
    seen: "value",
    run: () => [parent, parent.parent, top!].some((each) => each !== self && each.document),
  },
  { name: "the page's frame element", seen: "value", run: () => frameElement },
  {
    name: "the page's address",
    seen: "value",
    run: () => (location.ancestorOrigins?.length ? false : false) || top!.location.href,
  },
  {
    name: "the page's name",
    seen: "value",
    run: () => [parent, parent.parent, top!].some((each) => each !== self && typeof each.name === "string"),
  },
  {
    name: "focus stealing",
    open: focusable,
    seen: "focus",
    run() {
      const field = document.createElement("input");
      field.autofocus = true;
      document.body.append(field);
      field.focus();
      self.focus();
    },
  },
  {
    name: "focus stealing, of the page's window",
    open: focusable,
    seen: "focus",
    run() {
      top!.focus();
      parent.focus();
      top!.blur();
      document.body.append(Object.assign(document.createElement("iframe"), { tabIndex: 0 }));
      document.querySelector("iframe")!.focus();
    },
  },
  {
    name: "forged shortcuts",
    seen: "key",
    run() {
      const event = new KeyboardEvent("keydown", {
        key: "s",
        ctrlKey: true,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      document.body.dispatchEvent(event);
      for (const each of [parent, parent.parent, top!]) {
        if (each !== self) each.dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true, bubbles: true }));
      }
    },
  },
  {
    name: "overlay over the page",
    seen: "cover",
    run() {
      const style =
        "position:fixed;inset:-9999px;width:99999px;height:99999px;z-index:2147483647;background:red;border:0";
      const box = document.createElement("div");
      box.style.cssText = style;
      box.popover = "manual";
      document.body.append(box);
      box.showPopover();
      const dialog = document.createElement("dialog");
      dialog.style.cssText = style;
      document.body.append(dialog);
      dialog.showModal();
      for (let each: Window = window; each.frameElement; each = each.parent) {
        (each.frameElement as HTMLElement).style.cssText = style;
      }
    },
  },
];

export const interfaces: Group = { name: "interface", vectors };
