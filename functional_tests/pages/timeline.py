"""The messages of a room, as they stand on the page."""

from typing import NamedTuple

from functional_tests.browser import Browser

ROWS = """
return [...document.querySelectorAll("#messages > li[data-author]")].map((row) => ({
  seq: Number(row.dataset.seq ?? 0),
  author: row.querySelector(".message__author, .message > .visually-hidden").textContent,
  text: row.querySelector(".prose").textContent.trim(),
  has_head: row.querySelector(".message__head") !== null,
  state: row.querySelector(".message__state > span")?.textContent ?? "",
}))
"""
DAYS = """return [...document.querySelectorAll("#messages .day time")].map((day) => [day.dateTime, day.textContent])"""
DIVIDER_ABOVE = """
let day = "";
const days = [];
for (const row of document.querySelector("#messages").children) {
  if (row.matches(".day")) day = row.querySelector("time").dateTime;
  else if (row.dataset.author) days.push(day);
}
return days
"""
# The first row that is not wholly above the upper edge is the one that is being read.
UNDER_EYE = """
const edge = document.querySelector("#timeline").getBoundingClientRect().top;
const row = [...document.querySelectorAll("#messages > li[data-seq]")].find((row) => row.getBoundingClientRect().bottom > edge);
return [Number(row.dataset.seq), row.getBoundingClientRect().top - edge]
"""
OFFSET = """
const edge = document.querySelector("#timeline").getBoundingClientRect().top;
return document.querySelector(`#messages > li[data-seq="${arguments[0]}"]`).getBoundingClientRect().top - edge
"""
LEFT_OUT = """
const row = document.querySelector(`#messages > li[data-seq="${arguments[0]}"]`);
return !row.firstElementChild.checkVisibility({contentVisibilityAuto: true})
"""
AT_HAND = "return Number(document.activeElement.closest('#messages > li[data-seq]')?.dataset.seq ?? 0)"
HEIGHT_OF = "return document.querySelector(`#messages > li[data-seq='${arguments[0]}']`).getBoundingClientRect().height"
BELOW_DIVIDER = "return document.querySelector('#fresh + li .prose')?.textContent.trim() ?? ''"
SCROLL_UP = "document.querySelector('#timeline').scrollTop -= arguments[0];"
FROM_END = "const t = document.querySelector('#timeline'); return t.scrollHeight - t.scrollTop - t.clientHeight"
CUT_OFF = """
return [...document.querySelectorAll("#messages .prose")].filter((prose) => {
  const words = document.createRange();
  words.selectNodeContents(prose);
  return words.getBoundingClientRect().right > prose.getBoundingClientRect().right + 8;   // a space that hangs at a line's end
}).map((prose) => prose.textContent.trim())
"""
MARK = "[...document.querySelectorAll('#messages > li[data-author]')].at(-1).dataset.watched = arguments[0]"
MARKED = """
const rows = document.querySelectorAll(`#messages > li[data-watched='${arguments[0]}'] .prose`);
return [...rows].map((row) => row.textContent.trim())
"""


class Message(NamedTuple):
    """One row. `seq` is 0 until the room has it; `state` is what the row says of its sending."""

    seq: int
    author: str
    text: str
    has_head: bool
    state: str


class Timeline:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def messages(self) -> list[Message]:
        return [Message(**facts) for facts in self._browser.run(ROWS)]

    def texts(self) -> list[str]:
        return [message.text for message in self.messages()]

    def said(self) -> list[str]:
        """Return who said what, as "Alice: hello"."""
        return [f"{message.author}: {message.text}" for message in self.messages()]

    def days(self) -> list[str]:
        """Return the dates of the dividers, as "2026-11-23"."""
        return [date for date, _ in self._browser.run(DAYS)]

    def last_day(self) -> str:
        """Return the words of the last divider."""
        return str(self._browser.run(DAYS)[-1][1])

    def day_of_each(self) -> list[str]:
        """Return for each message the date of the nearest divider above it."""
        dates: list[str] = self._browser.run(DIVIDER_ABOVE)
        return dates

    def divider(self) -> str:
        """Return the words of the line above what is new; "" where all is known."""
        return self._browser.text("#fresh h2") if self._browser.sees("#fresh") else ""

    def named(self, seq: int) -> list[str]:
        """Return the names in a message that somebody here bears."""
        return self._browser.texts(f"#messages > li[data-seq='{seq}'] .mention[data-handle]")

    def names_me(self, seq: int) -> bool:
        """Whether a message stands out as one to me."""
        return self._browser.sees(f"#messages > li[data-seq='{seq}'] .message--mine-to-read")

    def height_of(self, seq: int) -> float:
        return float(self._browser.run(HEIGHT_OF, seq))

    def leaves_out(self, seq: int) -> bool:
        """Whether the browser spares itself a message, it being far from the eye."""
        return bool(self._browser.run(LEFT_OUT, seq))

    def below_divider(self) -> str:
        """Return the first of what is new."""
        return str(self._browser.run(BELOW_DIVIDER))

    def at_hand(self) -> int:
        """Return the seq of the message that has the focus; 0 where none has."""
        return int(self._browser.run(AT_HAND))

    def height(self) -> float:
        return float(self._browser.run("return document.querySelector('#timeline').clientHeight"))

    def press_key(self, key: str) -> None:
        """Press a key while the list, or a message in it, has the focus."""
        if not self.at_hand():
            self._browser.run("document.querySelector('#timeline').focus()")
        self._browser.driver.switch_to.active_element.send_keys(key)

    def is_at_the_beginning(self) -> bool:
        """Whether the room's first message is on the page."""
        return self._browser.sees(".opening")

    def scroll_up(self, pixels: float) -> tuple[int, float]:
        """Scroll, and return the message that is then under the eye with its distance from the upper edge."""
        seq, offset = self._browser.run(SCROLL_UP + UNDER_EYE, pixels)
        return int(seq), float(offset)

    def offset(self, seq: int) -> float:
        """Return how far a message is from the upper edge."""
        return float(self._browser.run(OFFSET, seq))

    def is_at_the_present(self) -> bool:
        return bool(self._browser.run(FROM_END) < 2)

    def button_down(self) -> str:
        """Return the words of the button that jumps to the latest; "" at the end."""
        return self._browser.text("#jump-down") if self._browser.sees("#jump-down") else ""

    def button_to_mention(self) -> str:
        """Return the words of the button that leads to a message that names me; "" where there is none."""
        return self._browser.text("#jump-mention") if self._browser.sees("#jump-mention") else ""

    def go_to_the_present(self) -> None:
        self._browser.press("#jump-down")

    def cut_off(self) -> list[str]:
        """Return the messages whose words reach out of their row."""
        texts: list[str] = self._browser.run(CUT_OFF)
        return texts

    def watch_the_last(self, mark: str) -> None:
        """Remember the very element of the last message."""
        self._browser.run(MARK, mark)

    def watched(self, mark: str) -> list[str]:
        """Return the text of the element that was remembered, if it is still there."""
        texts: list[str] = self._browser.run(MARKED, mark)
        return texts
