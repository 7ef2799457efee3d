"""One person's window: what can be seen, pressed and typed in it."""

import re
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from functional_tests.people import Person
from functional_tests.waiting import wait_for

# A page that is not there, and a server that is gone, are parts of some stories; a script or a style never is. A line may close
# while a message is on its way to it: whether it arrived is what the stories look at.
EXPECTED = re.compile(
    r"WebSocket connection to|WebSocket is already in CLOSING or CLOSED state|net::ERR_"
    r"|^network - An unknown error occurred when fetching the script"
    r"|^(?!\S*/static/)\S+ - Failed to load resource"
)

# Notes each text of what matches, once, from now on: also of what is there for a moment only, in which nobody may look.
NOTE = """
const noted = (window.noted ??= {})[arguments[0]] = [];
const look = () => {
  const shown = [...document.querySelectorAll(arguments[0])].filter((node) => node.checkVisibility());
  for (const text of shown.map((node) => node.textContent.trim())) if (text && !noted.includes(text)) noted.push(text);
};
new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
look();
"""


class Browser:
    """A window without a past: no cookie, nothing kept by an earlier story."""

    def __init__(self, driver: webdriver.Chrome, url: str, person: Person | None = None, has_workers: bool = True) -> None:
        self.driver = driver
        self.url = url
        self._has_workers = has_workers
        self._forget()
        if person:
            self.sign_in(person)

    def sign_in(self, person: Person) -> None:
        """Give the window a session, where the story is not about logging in."""
        name, _, value = person.cookie.partition("=")
        self.tell("Network.setCookie", name=name, value=value, url=self.url, httpOnly=True)

    def open(self, address: str) -> None:
        """Go to a path of the server, or to a whole address."""
        self.driver.get(address if "://" in address else self.url + address)

    def reload(self) -> None:
        self.driver.refresh()

    def close_tab(self) -> None:
        """Close what is open, as one does with a tab; the window stays for another one."""
        old = self.driver.current_window_handle
        self.driver.switch_to.new_window("tab")
        new = self.driver.current_window_handle
        self.driver.switch_to.window(old)
        self.driver.close()
        self.driver.switch_to.window(new)
        self._look_at_it()

    def become_a_phone(self, width: int = 390, height: int = 844) -> None:
        """Show pages as a phone does, and be touched."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2, mobile=True)
        self.tell("Emulation.setTouchEmulationEnabled", enabled=True)

    def be_as_large_as(self, width: int, height: int) -> None:
        """Show pages in a window of this size."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def prefer(self, look: str) -> None:
        """Prefer "light" or "dark", as a system does."""
        self.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": look}])

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.url)

    @property
    def title(self) -> str:
        return self.driver.title

    def heading(self) -> str:
        """Return the page's own heading."""
        return self.text("h1")

    def text(self, css: str) -> str:
        """Return the words of the first match, shown or not, as one line."""
        return " ".join(str(self.find(css).get_property("textContent")).split())

    def sees(self, css: str) -> bool:
        """Whether a match is shown."""
        return any(element.is_displayed() for element in self.driver.find_elements(By.CSS_SELECTOR, css))

    def texts(self, css: str) -> list[str]:
        """Return the words of every match, in one instant."""
        words: list[str] = self.run("return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent)", css)
        return words

    def note(self, css: str) -> None:
        """From now on, remember what matches show, for as long as the page stays."""
        self.run(NOTE, css)

    def noted(self, css: str) -> list[str]:
        """Return what matches have shown since then."""
        texts: list[str] = self.run("return window.noted[arguments[0]]", css)
        return texts

    def press(self, css: str) -> None:
        """Press what can be pressed, as soon as it can."""
        wait_for(lambda: self.find(css).click() or True)

    def press_words(self, words: str, within: str = "body") -> None:
        """Press the button or link that bears these words."""
        place = f"self::button[normalize-space()='{words}'] or self::a[normalize-space()='{words}']"
        wait_for(lambda: self.find(within).find_element(By.XPATH, f".//*[{place}]").click() or True)

    def type(self, css: str, text: str) -> None:
        """Type into a field, key by key."""
        wait_for(lambda: self.find(css).send_keys(text) or True)

    def paste(self, css: str, text: str) -> None:
        """Put this and nothing else into a field, in one moment: what is found by half of it must not come in between."""
        wait_for(lambda: self.find(css).clear() or self.find(css).send_keys("") or True)
        self.tell("Input.insertText", text=text)

    def fill(self, css: str, text: str) -> None:
        """Put this and nothing else into a field."""
        wait_for(lambda: self.find(css).clear() or True)
        self.type(css, text)

    def find(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def run(self, script: str, *arguments: object) -> Any:
        """Look at the page by script, in one instant."""
        return self.driver.execute_script(script, *arguments)

    def status_of(self, path: str) -> int:
        """Return the status that the server gives this person for a page."""
        return int(self.driver.execute_async_script("fetch(arguments[0]).then(({status}) => arguments[1](status))", path))

    def fits_the_width(self) -> bool:
        """Whether nothing reaches out sideways."""
        return bool(self.run("return document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"))

    def errors(self) -> list[str]:
        """Return what the page's scripts, or the browser about them, complained of since last asked."""
        entries = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        return [entry for entry in entries if not EXPECTED.search(entry)]

    def take_picture(self, path: Path) -> None:
        self.driver.save_screenshot(str(path))

    def picture(self, kind: str, quality: int) -> str:
        """Return what is seen, as a picture of a kind that Chromium knows, in base64."""
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": kind, "quality": quality})
        return str(shot["data"])

    def at_rest(self) -> None:
        """Wait until nothing moves, and everything that was asked for has come."""
        moving = "return document.getAnimations().filter(({playState}) => playState === 'running').length"
        wait_for(lambda: self.run("return document.readyState") == "complete" and self.run(moving) == 0)

    def _look_at_it(self) -> None:
        """Give the tab the focus: what nobody looks at is not read, and a later tab of a headless window has none."""
        self.tell("Emulation.setFocusEmulationEnabled", enabled=True)
        if not self._has_workers:
            self.tell("Page.addScriptToEvaluateOnNewDocument", source="delete Navigator.prototype.serviceWorker;")

    def _forget(self) -> None:
        self._look_at_it()
        self.tell("Emulation.clearDeviceMetricsOverride")
        self.tell("Emulation.setEmulatedMedia", features=[])
        self.tell("Emulation.setTouchEmulationEnabled", enabled=False)
        self.tell("Network.clearBrowserCookies")
        self.tell(
            "Storage.clearDataForOrigin", origin=self.url, storageTypes="local_storage,indexeddb,service_workers,cache_storage"
        )
        self.driver.get_log("browser")

    def tell(self, command: str, **facts: object) -> None:
        """Tell Chromium itself, by its own protocol, what a person cannot do in a page."""
        self.driver.execute_cdp_cmd(command, facts)
