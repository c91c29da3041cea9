import { expect } from "chai";
import { notifications, type Notice, type NoticeText, type NotificationOptions } from "leasehold/services";
import { leavesNothing } from "../support/baseline.js";
import { someUser } from "../support/capability-user.js";
import { rejection } from "../support/rejection.js";

describe("notifications", () => {
  leavesNothing();

  const told = (options?: NotificationOptions) => {
    const shown: Notice[] = [];
    const user = someUser("teller");
    const service = notifications((notice) => void shown.push(notice), options);
    return { shown, user, service, notify: service.make(user) };
  };
  const failure = (attempt: () => unknown) => rejection(Promise.resolve().then(attempt));

  it("hand the page what a unit says, and who says it", () => {
    const { shown, user, notify } = told();
    notify.show({ title: "Saved", body: "Two lines\nof it", tone: "success" });
    notify.show({ title: "Short" });
    const [long, short] = shown;
    expect(long).to.include({ unit: "teller@1.0.0", title: "Saved", body: "Two lines\nof it", tone: "success" });
    expect(long?.manifest).to.equal(user.manifest);
    expect(short).to.include({ title: "Short", body: "", tone: "info" });
    expect(short?.id).not.to.equal(long?.id);
  });

  it("show an update under the same id, with what was not changed", () => {
    const { shown, notify } = told();
    const notice = notify.show({ title: "Reading", body: "1 of 3" });
    expect(notice.update({ body: "2 of 3" })).to.equal(true);
    expect(shown[1]).to.include({ id: shown[0]?.id, title: "Reading", body: "2 of 3" });
    expect(notice.update({ title: "Done", tone: "success" })).to.equal(true);
    expect(shown[2]).to.include({ title: "Done", body: "2 of 3", tone: "success" });
  });

  it("are taken away when their unit closes them, and then change no more", () => {
    const { shown, notify } = told();
    const notice = notify.show({ title: "Here" });
    expect(shown[0]?.signal.aborted).to.equal(false);
    notice.close();
    notice.close();
    expect(shown[0]?.signal.aborted).to.equal(true);
    expect(notice.update({ title: "Again" })).to.equal(false);
    expect(shown).to.have.length(1);
  });

  it("are taken away when their unit goes", () => {
    const { shown, user, notify } = told();
    notify.show({ title: "One" });
    notify.show({ title: "Two" });
    user.go();
    expect(shown.map(({ signal }) => signal.aborted)).to.deep.equal([true, true]);
  });

  it("change no more once the page has dismissed them", () => {
    const { shown, notify } = told();
    const notice = notify.show({ title: "Here" });
    shown[0]?.dismiss();
    expect(notice.update({ title: "Again" })).to.equal(false);
    expect(shown).to.have.length(1);
  });

  it("that the page fails to show are none", async () => {
    const user = someUser();
    const service = notifications(
      () => {
        throw new RangeError("There is no room.");
      },
      { open: 1 },
    );
    const notify = service.make(user);
    for (let time = 0; time < 2; time++) {
      expect(await failure(() => notify.show({ title: "Here" }))).to.include({ name: "RangeError" });
    }
  });

  it("show text that can be read, and nothing that moves what stands beside it", () => {
    const { shown, notify } = told();
    notify.show({ title: " a\u202Eb\u0007c\nd\ud800 ", body: "\u2066x\u2069\ny\r\n\u200Fz" });
    expect(shown[0]).to.include({ title: "abc d\ufffd", body: "x\ny\nz" });
    notify.show({ title: "a\u061Cb\u2028c\u2029d\u200De" });
    expect(shown[1]?.title).to.equal("abcd\u200De");
  });

  it("refuse what is no text, too long a text, and no known tone", async () => {
    const { shown, notify } = told();
    const texts = [
      undefined,
      "Saved",
      {},
      { title: "" },
      { title: " \u202E " },
      { title: "\u200B\u3164\u2800" },
      { title: 1 },
      { title: "t".repeat(121) },
      { title: "t", body: "b".repeat(1001) },
      { title: "t", body: {} },
      { title: "t", tone: "loud" },
      { title: "t", tone: "toString" },
      () => {},
    ] as unknown as NoticeText[];
    for (const text of texts) {
      expect(await failure(() => notify.show(text))).to.include({ name: "DataError", code: "text-invalid" });
    }
    const notice = notify.show({ title: "t".repeat(120), body: "b".repeat(1000) });
    expect(await failure(() => notice.update({ title: "" }))).to.include({ code: "text-invalid" });
    expect(shown).to.have.length(1);
  });

  it("are limited in number at a time", async () => {
    const { notify } = told({ open: 2 });
    const first = notify.show({ title: "1" });
    notify.show({ title: "2" });
    const error = await failure(() => notify.show({ title: "3" }));
    expect(error).to.include({ name: "LimitExceededError", code: "notification-count", unit: "teller" });
    first.close();
    notify.show({ title: "3" });
  });

  it("are limited in a while, for each unit by itself, and so are updates", async () => {
    const { notify, service } = told({ rate: { count: 2, per: 60_000 }, updates: { count: 1, per: 60_000 } });
    notify.show({ title: "1" }).close();
    const notice = notify.show({ title: "2" });
    const error = await failure(() => notify.show({ title: "3" }));
    expect(error).to.include({ name: "LimitExceededError", code: "notification-rate" });
    expect(error.message).to.match(/wait \d+ ms/);
    expect(notice.update({ title: "2b" })).to.equal(true);
    expect(await failure(() => notice.update({ title: "2c" }))).to.include({ code: "notification-rate" });
    service.make(someUser("other")).show({ title: "1" });
  });
});
