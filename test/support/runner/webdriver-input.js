import { Button, Key, Origin } from "selenium-webdriver";

const keyOf = (name) => Key[name.toUpperCase()] ?? name;
const buttonOf = (name = "left") => Button[name.toUpperCase()];

/**
 * Keyboard and mouse of a WebDriver, in the words of a Puppeteer page, which the runner's own commands speak.
 * @param {import("selenium-webdriver").WebDriver} driver
 */
export function webDriverInput(driver) {
  const actions = () => driver.actions({ async: false });
  const at = ([x, y]) => ({ x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT, duration: 0 });
  return {
    keyboard: {
      type: (text) => actions().sendKeys(text).perform(),
      press: (key) => actions().keyDown(keyOf(key)).keyUp(keyOf(key)).perform(),
      down: (key) => actions().keyDown(keyOf(key)).perform(),
      up: (key) => actions().keyUp(keyOf(key)).perform(),
    },
    mouse: {
      move: (x, y) =>
        actions()
          .move(at([x, y]))
          .perform(),
      click: (x, y, { button } = {}) =>
        actions()
          .move(at([x, y]))
          .press(buttonOf(button))
          .release(buttonOf(button))
          .perform(),
      down: ({ button } = {}) => actions().press(buttonOf(button)).perform(),
      up: ({ button } = {}) => actions().release(buttonOf(button)).perform(),
      reset: () => driver.actions().clear(),
    },
  };
}
