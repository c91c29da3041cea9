import { expect } from "chai";
import { demos } from "../../examples/units/samples.js";
import { leavesNothing } from "../support/baseline.js";
import { canMove } from "../support/can-move.js";
import { until } from "../support/until.js";
import { openShop, type Shop } from "../unit/marketplace-shop.js";
import { WorkbenchDriver } from "./workbench-driver.js";

const nothingHeld = { units: 0, frames: 0, workers: 0, urls: 0, ports: 0, leases: 0 };

describe("the workbench", () => {
  leavesNothing();

  let driver: WorkbenchDriver;

  beforeEach(async () => {
    driver = await WorkbenchDriver.open();
  });
  afterEach(async () => {
    await driver.close();
    expect(driver.faults).to.deep.equal([]);
  });

  describe("its catalog", () => {
    const titles = () =>
      driver.findAll("workbench-unit-card").map((card) => card.shadowRoot?.querySelector("h3")?.textContent?.trim());

    it("lists every unit with what it does, who made it, its size and what it asks for", () => {
      expect(titles()).to.have.length(10);
      const card = driver
        .findAll("workbench-unit-card")
        .find(({ shadowRoot }) => shadowRoot?.textContent.includes("Markdown"));
      const text = card?.shadowRoot?.textContent.replaceAll(/\s+/g, " ");
      expect(text).to.match(/Turns Markdown into .*Leasehold examples · [\d.]+ kB asks for nothing/);
    });

    it("is searched while one types, from the / key on", async () => {
      driver.window.document.body.dispatchEvent(
        new driver.window.KeyboardEvent("keydown", { key: "/", bubbles: true, composed: true }),
      );
      const list = driver.find("workbench-unit-list")?.shadowRoot;
      const search = list?.activeElement as HTMLInputElement;
      expect(search.type).to.equal("search");
      search.value = "sql data";
      search.dispatchEvent(new driver.window.Event("input", { bubbles: true }));
      await until("only one is left", () => titles().length === 1);
      expect(titles()).to.deep.equal(["SQLite"]);
      expect(list?.querySelector("[role=status]")?.textContent).to.equal("1 found");
    });
  });

  describe("installing", () => {
    it("reviews first, in a dialog that has the focus", async () => {
      await driver.press("Install Markdown");
      const install = await driver.button("Install", "workbench-review-dialog");
      const { shadowRoot } = driver.find("workbench-review-dialog") as HTMLElement;
      expect(shadowRoot?.querySelector("dialog")?.open).to.equal(true);
      await until("it has the focus", () => shadowRoot?.activeElement === install);
      expect(shadowRoot?.textContent).to.contain("Install Markdown?").and.to.contain("asks for nothing");
      await driver.press("Cancel", "workbench-review-dialog");
      await until("the dialog is closed", () => shadowRoot?.querySelector("dialog")?.open === false);
      expect(await driver.workbench.model.marketplace.installed()).to.deep.equal([]);
      expect(driver.meters()).to.include(nothingHeld);
    });

    describe("a unit that asks for something", () => {
      const wishes = { network: ["https://api.example.com"], features: ["clipboard-write"] };
      let shop: Shop;

      beforeEach(() => {
        shop = openShop([
          { name: "honest", title: "Honest", permissions: wishes },
          { name: "sly", title: "Sly", permissions: wishes, promised: { permissions: {} } },
        ]);
        return driver.useCatalog(shop.catalog);
      });
      afterEach(() => shop.close());

      const boxes = () =>
        driver.findAll<HTMLInputElement>("workbench-review-dialog input[type=checkbox], .wishes input");

      it("says so in plain words, and gets what the person leaves it", async () => {
        await driver.press("Install Honest");
        await driver.button("Install", "workbench-review-dialog");
        expect(boxes().map(({ labels }) => labels?.[0]?.textContent.trim())).to.deep.equal([
          "Exchange data with api.example.com",
          "Put text on your clipboard",
        ]);
        boxes()[0]?.click();
        await driver.press("Install", "workbench-review-dialog");
        await until("it runs", () => driver.workbench.model.selectedItem?.unit);
        expect(driver.workbench.model.selectedItem?.grant).to.deep.equal({ features: ["clipboard-write"] });
      });

      it("is reviewed again when its catalog did not say so", async () => {
        await driver.press("Install Sly");
        await driver.press("Install", "workbench-review-dialog");
        const warning = await until("it is told", () => driver.find(".changed"));
        expect(warning.textContent).to.contain("more than its catalog said");
        await driver.press("Cancel", "workbench-review-dialog");
        const note = await until("the refusal is shown", () => driver.find("workbench-failure-note"));
        expect(note.shadowRoot?.textContent).to.contain("consent-refused");
        expect(await driver.workbench.model.marketplace.installed()).to.deep.equal([]);
      });
    });

    it("starts the unit, and says where it runs", async () => {
      await driver.install("Markdown");
      expect(driver.find("workbench-unit-card .pill.on, .pill.on")?.textContent).to.equal("worker");
      await until("the meters tell", () => driver.meters().units === 1);
      expect(driver.meters()).to.include({ units: 1, workers: 1 });
    });
  });

  describe("what is installed", () => {
    it("is there after a reload, and works with no network", async () => {
      await driver.install("Markdown");
      await driver.reload();
      expect(driver.heading).to.equal("Markdown");
      await driver.reload({ offline: true });
      await until("it says that it is offline", () =>
        driver.find("workbench-top-bar")?.shadowRoot?.textContent.includes("Offline"),
      );
      await driver.type("*still* here");
      const result = await driver.run();
      expect(result.querySelector("iframe")?.srcdoc).to.contain("<em>still</em> here");
    });

    it("is taken back down to nothing, with a receipt", async () => {
      await driver.install("Markdown");
      await driver.run();
      await driver.press("Unload");
      const receipt = await until("there is a receipt", () =>
        driver.find("workbench-stage")?.shadowRoot?.querySelector("workbench-receipt"),
      );
      expect(receipt.shadowRoot?.textContent).to.match(/marked@[\d.]+\s*as asked/);
      await until("the meters are at zero", () => driver.meters().leases === 0 && driver.meters().ports === 0);
      expect(driver.meters()).to.include(nothingHeld);
      await driver.press("Load");
      await driver.button("Run");
    });

    it("goes by force in the middle of a call", async () => {
      await driver.install("Chess");
      await driver.press("Count three moves ahead");
      await driver.type("9", 1);
      await driver.press("Run");
      await driver.press("Unload by force");
      await driver.button("Load");
      expect(driver.meters()).to.include(nothingHeld);
      expect(driver.find("workbench-receipt")?.shadowRoot?.textContent)
        .to.match(/by force/)
        .and.to.match(/Calls rejected\s*\d/);
    });

    it("moves to where one chooses, and works there", async () => {
      await driver.install("Markdown");
      for (const isolation of ["frame", "realm", "worker"]) {
        driver.find<HTMLInputElement>(`input[name=isolation][value=${isolation}]`)?.click();
        await driver.press(`Move to ${isolation}`);
        await driver.button("Unload");
        expect(driver.workbench.model.selectedItem?.unit?.isolation).to.equal(isolation);
        await driver.type(isolation);
        expect((await driver.run()).querySelector("iframe")?.srcdoc).to.contain(`<p>${isolation}</p>`);
      }
    });

    it("keeps the focus on the stage when the button that was pressed has gone", async () => {
      await driver.install("Markdown");
      const focused = () => driver.find("workbench-unit-header")?.shadowRoot?.activeElement?.textContent;
      for (const name of ["Unload", "Load", "Remove"]) {
        const button = await driver.button(name);
        button.focus();
        button.click();
        await until(`the heading has the focus after ${name}`, () => focused() === "Markdown");
        driver.find("h2")?.blur();
      }
    });

    it("is removed without a trace", async () => {
      await driver.install("Markdown");
      await driver.press("Remove");
      await driver.button("Install", "workbench-unit-header");
      expect(driver.meters()).to.include(nothingHeld);
      await driver.reload();
      expect(await driver.workbench.model.marketplace.installed()).to.deep.equal([]);
    });
  });

  describe("a call", () => {
    it("shows markup where it has no rights at all", async () => {
      await driver.install("Markdown");
      await driver.type('<img src=x onerror="parent.pwned = true"><script>parent.pwned = true</script>');
      const frame = (await driver.run()).querySelector("iframe");
      expect(frame?.getAttribute("sandbox")).to.equal("");
      await until("the frame is there", () => frame?.contentDocument === null);
      expect(driver.window).not.to.have.property("pwned");
    });

    it("shows a list as a table", async () => {
      await driver.install("CSV");
      await driver.type("name,year\nAda,1815\nGrace,1906");
      const result = await driver.run();
      const rows = [...result.querySelectorAll("tr")].map(({ cells }) =>
        [...cells].map(({ textContent }) => textContent.trim()),
      );
      expect(rows).to.deep.equal([
        ["name", "year"],
        ["Ada", "1815"],
        ["Grace", "1906"],
      ]);
    });

    it("shows an SVG as an image", async () => {
      await driver.install("QR codes");
      const image = (await driver.run()).querySelector("img");
      expect(image?.src).to.match(/^data:image\/svg\+xml,/);
      await until("the image is drawn", () => image?.complete && image.naturalWidth > 0);
    });

    it("takes a dropped file for its input", async () => {
      await driver.install("Markdown");
      const transfer = new driver.window.DataTransfer();
      transfer.items.add(new driver.window.File(["# From a file"], "read-me.md", { type: "text/markdown" }));
      const area = driver.find<HTMLTextAreaElement>("textarea");
      area?.dispatchEvent(
        new driver.window.DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }),
      );
      await until("the text is there", () => area?.value === "# From a file");
      expect((await driver.run()).querySelector("iframe")?.srcdoc).to.contain("<h1>From a file</h1>");
    });

    it("that fails shows the error's name, code and message", async () => {
      await driver.install("Markdown");
      await driver.press("Your own call");
      await driver.type("rendr");
      const note = await driver.run();
      const error = driver.workbench.model.outcomes.get("marked");
      if (error?.state !== "failed") throw new Error("The call did not fail.");
      const { name, code, message } = error.failure;
      expect(code).to.match(/^[a-z-]+$/);
      expect(note.shadowRoot?.textContent).to.contain(name).and.to.contain(code).and.to.contain(message);
    });

    it("with arguments that are no JSON is not made", async () => {
      await driver.install("Markdown");
      await driver.press("Your own call");
      await driver.type("render");
      await driver.type("[1,", 1);
      await driver.press("Run");
      expect(driver.findAll("textarea")[1]?.ariaInvalid).to.equal("true");
      expect(driver.workbench.model.outcomes.has("marked")).to.equal(false);
    });
  });

  describe("a view", () => {
    const frame = () => driver.find("iframe", driver.find("workbench-view-panel")?.shadowRoot ?? undefined);

    it("is shown as high as it is, and stays while one looks at another unit", async () => {
      await driver.install("Charts");
      const shown = await until("the view has its height", () => {
        const view = frame();
        return view && view.getBoundingClientRect().height > 300 ? view : undefined;
      });
      // Where it can be moved there; else it has started where it is.
      expect(driver.findAll("unit-view")).to.have.length(canMove ? 1 : 0);
      expect(driver.workbench.model.receipts).to.have.length(0);
      await driver.install("Markdown");
      expect(shown.checkVisibility()).to.equal(false);
      driver.workbench.model.select("chart");
      await until("it is in sight again", () => shown.checkVisibility());
      expect(frame()).to.equal(shown);
      await driver.press("Show temperature");
      expect((await driver.run()).textContent).to.contain("view");
    });

    it("goes with its unit", async () => {
      await driver.install("Charts");
      await until("the view is there", frame);
      await driver.press("Unload");
      await driver.button("Load");
      expect(frame()).to.equal(undefined);
      expect(driver.meters()).to.include(nothingHeld);
    });
  });

  describe("its services", () => {
    const inToasts = (selector: string) => driver.findAll(selector, driver.find("workbench-toasts")!.shadowRoot!);
    const toasts = () =>
      inToasts("li").map((toast) => [...toast.querySelectorAll("p")].map((line) => line.textContent));
    const notes = async () => {
      await driver.press("All notes");
      return [...(await driver.run()).querySelectorAll("td:first-child")].map(({ textContent }) => textContent.trim());
    };

    it("are put to the person in plain words", async () => {
      await driver.press("Install Notes");
      await driver.button("Install", "workbench-review-dialog");
      const { shadowRoot } = driver.find("workbench-review-dialog") as HTMLElement;
      expect(
        [...shadowRoot!.querySelectorAll(".wishes label")].map(({ textContent }) => textContent.trim()),
      ).to.deep.equal([
        "Keep up to 5 MB in this browser, until you remove it",
        "Show you notices on this page",
        "Put text on your clipboard when you press something in it",
      ]);
      await driver.press("Cancel", "workbench-review-dialog");
    });

    it("keep what a unit keeps over a reload, until it is removed", async () => {
      await driver.install("Notes");
      await driver.type("Buy milk");
      await driver.run();
      await driver.reload();
      expect(await notes()).to.deep.equal(["Buy milk"]);
      await driver.press("Remove");
      await driver.button("Install", "workbench-unit-header");
      await driver.install("Notes");
      expect(await notes()).to.deep.equal([]);
    });

    it("show what a unit says, and who says it, until one closes that or the unit goes", async () => {
      await driver.install("Notes");
      await driver.press("Say something");
      await driver.run();
      expect(toasts()).to.deep.equal([["Notes", "Tea is ready", "You wanted to be reminded."]]);
      await driver.press("Close what Notes says", "workbench-toasts");
      await until("it is closed", () => toasts().length === 0);
      await driver.type("<b>Not bold</b>");
      await driver.run();
      expect(toasts()).to.have.nested.property("[0][1]", "<b>Not bold</b>");
      await driver.press("Unload");
      await until("it has gone with its unit", () => toasts().length === 0);
    });

    it("take what is no warning away when nobody has looked at it for a while", async () => {
      await driver.install("Notes");
      await driver.press("Say something");
      await driver.run();
      const [line] = inToasts(".time");
      for (const animation of line!.getAnimations()) animation.finish();
      await until("it has gone", () => toasts().length === 0);
    });

    it("that were not granted are done without", async () => {
      await driver.press("Install Notes");
      await driver.button("Install", "workbench-review-dialog");
      for (const box of driver.findAll<HTMLInputElement>("workbench-review-dialog input, .wishes input")) box.click();
      await driver.press("Install", "workbench-review-dialog");
      await until("it runs", () => driver.workbench.model.selectedItem?.unit);
      expect(driver.workbench.model.selectedItem?.grant).to.deep.equal({});
      await driver.type("Buy milk");
      await driver.run();
      expect(await notes()).to.deep.equal(["Buy milk"]);
      await driver.press("Say something");
      await driver.run();
      expect(driver.workbench.model.outcomes.get("notes")).to.have.nested.property("failure.code", "capability-denied");
    });
  });

  describe("its samples", () => {
    const units = new Set(demos.map(({ unit }) => unit));
    for (const unit of units) {
      it(`run for ${unit}`, async () => {
        const title = driver.workbench.model.items.find(({ name }) => name === unit)?.title ?? unit;
        await driver.install(title);
        for (const { label } of demos.filter((demo) => demo.unit === unit)) {
          await driver.press(label);
          const result = await driver.run();
          expect(driver.workbench.model.outcomes.get(unit), `${label}: ${result.textContent}`).to.include({
            state: "done",
          });
        }
      });
    }
  });

  it("shows one pane at a time where there is little room", async () => {
    await driver.close();
    driver = await WorkbenchDriver.open({ width: 360 });
    await driver.install("Markdown");
    expect(driver.find("workbench-unit-list")?.checkVisibility()).to.equal(false);
    expect(driver.find("workbench-stage")?.checkVisibility()).to.equal(true);
    const { scrollWidth, clientWidth } = driver.window.document.documentElement;
    expect(scrollWidth).to.equal(clientWidth);
    await driver.press("Units");
    await until("the list is shown", () => driver.find("workbench-unit-list")?.checkVisibility());
  });
});
