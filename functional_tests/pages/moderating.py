"""What moderators do, what people report, and how either of them sees it."""

from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.pages.amending import Amending
from functional_tests.waiting import wait_for

TAGS = """
const tags = document.querySelectorAll(`#messages > li[data-author="${arguments[0]}"] .tag--yours`);
return [...tags].map((tag) => tag.textContent.trim())
"""


class Moderating:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def tags(self, user_id: int) -> list[str]:
        """Return what stands beside somebody's name in the timeline."""
        tags: list[str] = self._browser.run(TAGS, user_id)
        return tags

    def open_for_author_of(self, seq: int, name: str) -> None:
        Amending(self._browser).choose(seq, f"Moderate {name}")
        wait_for(lambda: self._browser.sees("#moderate"))

    def choose(self, name: str, value: str) -> None:
        """Choose an action, a length, or what is purged."""
        self._browser.run(f"document.querySelector(`#moderate [name='{name}'][value='{value}']`).click()")

    def says_it_will(self) -> str:
        """Return the words of the button."""
        return self._browser.text("#moderate-do")

    def now(self) -> str:
        """Return what holds for the person; "" where nothing does."""
        return self._browser.text("#moderate-now span") if self._browser.sees("#moderate-now") else ""

    def do(self, reason: str) -> None:
        self._browser.type("#moderate-reason", reason + Keys.ENTER)
        wait_for(lambda: not self._browser.sees("#moderate"))

    def report(self, seq: int, kind: str, more: str) -> None:
        """Report a message by its menu."""
        Amending(self._browser).choose(seq, "Report")
        wait_for(lambda: self._browser.sees("#report"))
        self._browser.run(f"document.querySelector(`#report [value='{kind}']`).click()")
        self._browser.type("#report-more", more)

    def send_report(self) -> None:
        self._browser.press("#report-send")
        wait_for(lambda: not self._browser.sees("#report"))

    def reports_at_the_side(self) -> str:
        """Return the words of the link with its count; "" where it is not offered."""
        return self._browser.text("#reports-link") if self._browser.sees("#reports-link") else ""

    def open_reports(self) -> None:
        self._browser.press("#reports-link")
        wait_for(lambda: self._browser.sees("#reports"))

    def reports(self) -> list[str]:
        """Return each report's words."""
        return [" ".join(text.split()) for text in self._browser.texts("#reports-list > li")]

    def press_in_report(self, key: str) -> None:
        self._browser.press(f"#reports-list [data-key='{key}']")

    def delete(self, reason: str) -> None:
        """Give the reason that the dialog asks for."""
        wait_for(lambda: self._browser.sees("#delete-message"))
        self._browser.type("#delete-reason", reason + Keys.ENTER)
        wait_for(lambda: not self._browser.sees("#delete-message"))

    def resolve(self, outcome: str, answer: str) -> None:
        self.press_in_report("resolve")
        self._browser.type("#reports-list [name='outcome']", outcome)
        self._browser.type("#reports-list [name='answer']", answer)
        self._browser.press_words("Resolve and answer", within="#reports-list")
