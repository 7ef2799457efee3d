"""The keys of an input method, and of keyboards whose letters are not Latin, as Chromium reports them to a page."""

from functional_tests.browser import Browser

PROCESSED = 229  # the code of every key that an input method takes
CONTROL = 2
NAMED = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9}


class InputMethod:
    """Composes text where the focus is: letters first, then candidates, chosen by Enter, Escape and arrows."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def compose(self, text: str) -> None:
        """Show text that is not chosen yet."""
        self._browser.tell("Input.imeSetComposition", text=text, selectionStart=len(text), selectionEnd=len(text))

    def press(self, *keys: str) -> None:
        """Press keys that choose among candidates."""
        for key in keys:
            press_key(self._browser, key, key, PROCESSED)

    def choose(self, text: str) -> None:
        """Choose a candidate by Enter: it stands in place of what was composed."""
        self.press("Enter")
        self._browser.tell("Input.insertText", text=text)


def press_key(browser: Browser, key: str, code: str, number: int = 0, held: int = 0) -> None:
    """Press one key: the letter on it in this layout, and its place on the keyboard, as "KeyK"."""
    number = number or NAMED.get(key) or ord(code[-1])
    text = key if len(key) == 1 and not held else ""
    facts = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": held}
    browser.tell("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **facts)
    browser.tell("Input.dispatchKeyEvent", type="keyUp", **facts)
