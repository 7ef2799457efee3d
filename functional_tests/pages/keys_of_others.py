"""The keys of an input method, and of keyboards whose letters are not Latin, as Chromium reports them to a page."""

from typing import Protocol

from functional_tests.browser import Browser

PROCESSED = 229  # the code of every key that an input method takes
CONTROL = 2
SHIFT = 8
NAMED = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9}
MARKS = {"BracketLeft": 219, "BracketRight": 221, "Semicolon": 186, "Quote": 222, "Comma": 188, "Period": 190, "Slash": 191}
PLACES = [*(f"Key{key}" for key in "QWERTYUIOP"), "BracketLeft", "BracketRight"]
PLACES += [*(f"Key{key}" for key in "ASDFGHJKL"), "Semicolon", "Quote", *(f"Key{key}" for key in "ZXCVBNM"), "Comma", "Period"]


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


class Keyboard(Protocol):
    """What somebody writes with; shortcuts are named by the Latin letter that is printed on the key, too."""

    def write(self, browser: Browser, text: str) -> None:
        """Write a text where the focus is."""

    def press(self, browser: Browser, key: str, held: int = 0) -> None:
        """Press Enter, an arrow, or the letter of a shortcut."""


class Layout:
    """A keyboard with letters of its own, in the order of PLACES."""

    def __init__(self, letters: str) -> None:
        self._places = dict(zip(letters, PLACES, strict=True)) | {" ": "Space"}

    def write(self, browser: Browser, text: str) -> None:
        for letter in text:
            press_key(browser, letter, self._places[letter.lower()])

    def press(self, browser: Browser, key: str, held: int = 0) -> None:
        code = f"Key{key.upper()}" if len(key) == 1 else key
        printed = next((letter for letter, place in self._places.items() if place == code), key)
        press_key(browser, printed.upper() if held & SHIFT else printed, code, held=held)


class Pinyin:
    """An input method on a Latin keyboard: what is written is composed first, and chosen by Enter."""

    def write(self, browser: Browser, text: str) -> None:
        method = InputMethod(browser)
        method.compose("pinyin")
        method.press("ArrowDown", "ArrowUp")
        method.choose(text)

    def press(self, browser: Browser, key: str, held: int = 0) -> None:
        press_key(browser, key, f"Key{key.upper()}" if len(key) == 1 else key, held=held)


RUSSIAN = Layout("йцукенгшщзхъфывапролджэячсмитьбю")
HEBREW = Layout("/'קראטוןםפ][שדגכעיחלךף,זסבהנמצתץ")
PINYIN = Pinyin()


def press_key(browser: Browser, key: str, code: str, number: int = 0, held: int = 0) -> None:
    """Press one key: the letter on it in this layout, and its place on the keyboard, as "KeyK"."""
    number = number or NAMED.get(key) or MARKS.get(code) or (32 if code == "Space" else ord(code[-1]))
    text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "") if not held and number != PROCESSED else ""
    facts = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": held}
    browser.tell("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **facts)
    browser.tell("Input.dispatchKeyEvent", type="keyUp", **facts)
