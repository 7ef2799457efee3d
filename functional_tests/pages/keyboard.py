"""Somebody without a pointer: goes everywhere by keys, and always sees where they are."""

from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for

# What shows the focus is painted around what has it, or around what that is a part of: the box that one writes into, the label
# of a choice, the row of a result. A title that a dialog begins with is read out and cannot be pressed: it needs no ring.
RING = """
const node = document.activeElement;
if (!node || node === document.body) return "lost";
if (node.matches("dialog h2[tabindex], dialog p[tabindex]")) return "on a title";
const {top, bottom, left, right, width, height} = node.getBoundingClientRect();
if (!width || !height || bottom < 0 || right < 0 || top > innerHeight || left > innerWidth) return "out of sight";
for (let at = node, up = 0; at && up < 3; at = at.parentElement, up += 1) {
  const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(at);
  if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) return "seen";
  if (at.matches(".composer, .hit, .jump-to") && boxShadow !== "none") return "seen";
}
return "not to be seen";
"""
SEEN = ("seen", "on a title")
NAME = """
const node = document.activeElement;
return `${node.localName}${node.id && "#" + node.id} ${(node.getAttribute("aria-label") ?? node.textContent).slice(0, 60)}`;
"""
IS_ON = "return document.activeElement?.matches(arguments[0]) ?? false"
MOST_STOPS = 80


class Keyboard:
    """Only presses keys: whatever has the focus gets them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        ActionChains(self._browser.driver).send_keys(*keys).perform()

    def press_together(self, held: str, key: str) -> None:
        ActionChains(self._browser.driver).key_down(held).send_keys(key).key_up(held).perform()

    def write(self, text: str) -> None:
        self.press(text, Keys.ENTER)

    def is_on(self, css: str) -> bool:
        """Whether the focus is on this, and to be seen there."""
        return bool(self._browser.run(IS_ON, css)) and self.ring() in SEEN

    def arrive(self, css: str) -> None:
        """Be brought there by what was pressed before."""
        wait_for(lambda: self.is_on(css) or self._whereabouts(), True)

    def go_to(self, css: str, back: bool = False) -> None:
        """Press Tab until one is there; at every stop on the way one sees where one is."""
        for _ in range(MOST_STOPS):
            if self._browser.run(IS_ON, css):
                break
            if back:
                self.press_together(Keys.SHIFT, Keys.TAB)
            else:
                self.press(Keys.TAB)
            assert self.ring() in ("seen", "on a title", "lost"), (
                self._whereabouts()
            )  # past the page's end is the browser's own bar
        self.arrive(css)

    def go_to_item(self, words: str) -> None:
        """Press the arrow in a menu until one is on the item with these words."""
        for _ in range(MOST_STOPS):
            if self._browser.run("return document.activeElement.dataset.key") == words:
                return
            self.press(Keys.ARROW_DOWN)
        raise AssertionError(f"There is no item {words!r}: {self._whereabouts()}")

    def ring(self) -> str:
        """Return how what has the focus shows it."""
        return str(self._browser.run(RING))

    def _whereabouts(self) -> str:
        return f"{self.ring()}: {self._browser.run(NAME)}"
