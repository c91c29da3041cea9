/** Milliseconds between two looks whether there is a dialog, which stands still the page that could ask. */
const PAUSE = 50;

/**
 * Watches what a page's browser does, for WebKit: nothing tells of names that it looks up.
 * @param {import("selenium-webdriver").WebDriver} driver
 * @param {() => boolean} isActive whether the page is still the one
 */
export async function watchWebKit(driver, isActive) {
  const own = await driver.getWindowHandle();
  const dialogs = [];
  let last = Promise.resolve();
  /** One after the other, because all are about the window that was switched to. */
  const inTurn = (body) => (last = last.catch(() => {}).then(body));

  async function dismiss() {
    const alert = await driver.switchTo().alert();
    dialogs.push(await alert.getText());
    await alert.dismiss();
  }
  async function closeOthers() {
    const others = (await driver.getAllWindowHandles()).filter((handle) => handle !== own);
    for (const handle of others) {
      await driver.switchTo().window(handle);
      await driver.close();
    }
    if (others.length > 0) await driver.switchTo().window(own);
    return others.length;
  }
  async function look() {
    const step = await driver.executeScript("return JSON.stringify([history.length, history.state])");
    return { dialogs, windows: await closeOthers(), step };
  }

  const poll = async () => {
    await inTurn(dismiss).catch(() => {}); // there is none
    if (isActive()) setTimeout(poll, PAUSE);
  };
  void poll();
  return {
    start() {},
    /** A dialog may come between; it is dismissed then, and the look repeated. */
    look: () => inTurn(() => look().catch(() => dismiss().then(look))),
  };
}
