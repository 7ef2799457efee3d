"""What one can do with a message that was sent, and how it then looks."""

from typing import NamedTuple

from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for

LOOK = """
const row = document.querySelector(`#messages > li[data-seq="${arguments[0]}"]`);
const words = (css) => row.querySelector(css)?.textContent.trim() ?? "";
return {
  text: [...row.querySelectorAll(".prose > *")].map((part) => part.firstChild.textContent.trim()).join(" "),
  edited: row.querySelector(".edited") !== null,
  tombstone: words(".tombstone span"),
  reply_to: words(".reply-to span:last-child"),
  reactions: [...row.querySelectorAll(".reaction[aria-pressed]")].map((reaction) => reaction.getAttribute("aria-label")),
  mine: [...row.querySelectorAll(".reaction[aria-pressed='true']")].map((reaction) => reaction.dataset.key),
}
"""
# The bar hangs over the row's upper edge: what is cut off there is not offered.
OFFERS = """
const reached = (button) => {
  const { left, top } = button.getBoundingClientRect();
  return button.contains(document.elementFromPoint(left + 8, top + 3));
};
const buttons = document.querySelectorAll(".row--settled > .message:hover > .actions button");
return [...buttons].filter(reached).map((button) => button.getAttribute("aria-label"))
"""


class Look(NamedTuple):
    """How one message stands on the page."""

    text: str
    edited: bool
    tombstone: str
    reply_to: str
    reactions: list[str]
    mine: list[str]


class Amending:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def look(self, seq: int) -> Look:
        return Look(**self._browser.run(LOOK, seq))

    def offers(self, seq: int) -> list[str]:
        """Point at a message and return what the bar offers."""
        offers: list[str] = wait_for(lambda: self._point_at(seq) and self._browser.run(OFFERS))
        return offers

    def press(self, seq: int, words: str) -> None:
        """Press a button of a message's bar."""
        button = f"#messages > li[data-seq='{seq}'] .actions button[aria-label^='{words}']"
        # A row that is redrawn under the pointer loses its bar, and the hand comes again.
        wait_for(lambda: (self._point_at(seq) and self._browser.find(button).click()) or True)

    def choose(self, seq: int, words: str) -> None:
        """Press an item of a message's menu."""
        self.press(seq, "More")
        self._browser.press(f"#message-menu [data-key='{words}']")

    def react_otherwise(self, seq: int, emoji_name: str) -> None:
        """Take an emoji from the grid."""
        self.press(seq, "Another reaction")
        self._browser.press(f"#emoji-picker button[aria-label='{emoji_name}']")

    def press_reaction(self, seq: int, emoji: str) -> None:
        """Press a reaction that is there."""
        self._browser.press(f"#messages > li[data-seq='{seq}'] .reaction[data-key='{emoji}']")

    def edit_the_last(self, text: str) -> None:
        """Go up from the empty box and put other words in place of one's last, as soon as the room has that."""
        wait_for(lambda: self._edits() or self._browser.type("#write", Keys.ARROW_UP))
        self._browser.type("#write", Keys.CONTROL + "a" + Keys.NULL + text + Keys.ENTER)

    def _edits(self) -> bool:
        return self._browser.text("#composer-context") == "Editing your message"

    def long_press(self, seq: int) -> None:
        """Rest a finger on a message until its sheet comes up."""
        where = "const at = arguments[0].getBoundingClientRect(); return [at.x + at.width / 2, at.y + at.height / 2]"
        content = f"#messages > li[data-seq='{seq}'] .message__content"
        x, y = wait_for(lambda: self._browser.run(where, self._browser.find(content)))
        self._touch("touchStart", {"x": x, "y": y})
        wait_for(lambda: self._browser.sees("#message-sheet"))
        self._touch("touchEnd")

    def press_in_sheet(self, words: str) -> None:
        self._browser.press(f"#message-sheet [data-key='{words}']")

    def _point_at(self, seq: int) -> bool:
        element = self._browser.find(f"#messages > li[data-seq='{seq}'] .message__content")
        ActionChains(self._browser.driver).move_to_element(element).perform()
        return True

    def _touch(self, kind: str, *points: dict[str, float]) -> None:
        self._browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})
