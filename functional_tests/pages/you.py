"""What one is to others, and how a device may call."""

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for

# Stands in for what the browser would show outside its window, where no story can look.
NOTIFICATIONS = """
window.shown = [];
window.Notification = class {
  static permission = "default";
  static async requestPermission() { this.permission = "granted"; return "granted"; }
  constructor(title, {body}) { window.shown.push(`${title}: ${body}`); }
  close() { window.shown.push("closed"); }
};
"""


class You:
    """The dialog behind the button beside one's name."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def open(self) -> None:
        self._browser.press(".me [data-opens='you']")
        wait_for(lambda: self._browser.sees("#you[open]"))

    def close(self) -> None:
        self._browser.press("#you [data-closes]")

    def switch(self, name: str) -> None:
        """Turn "sound", "desktop" or "quiet" on or off."""
        self._browser.press(f"#you-{name}")

    def choose_clock(self, hours: int) -> None:
        """Show times in 24 or 12 hours."""
        self._browser.press(f"#you-clock label:has([value='{hours}'])")

    def set_hours(self, begin: str, end: str) -> None:
        """Make quiet hours of these, which must be among those offered."""
        script = """
        for (const [id, value] of Object.entries({from: arguments[0], to: arguments[1]})) {
          const field = document.getElementById(`you-${id}`);
          field.value = value;
          field.dispatchEvent(new Event("change", {bubbles: true}));
        }
        """
        self._browser.run(script, begin, end)

    def set_away(self) -> None:
        self._browser.press("#you-status label:nth-of-type(2)")

    def state(self) -> str:
        """Return what is said of oneself at the foot of the list."""
        return self._browser.text("#me-state")
