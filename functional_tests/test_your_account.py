"""Paula looks after her own account: her devices, a password, and a second factor that her next login asks for."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from functional_tests.browser import Browser
from functional_tests.conftest import OpenWindow
from functional_tests.people import PASSWORD, Person, bring_people
from functional_tests.servers import Server
from functional_tests.waiting import wait_for
from tests.live.conftest import sign_in

LOG_IN = "/accounts/login/"


@pytest.fixture
def paula(server: Server) -> Person:
    """Somebody of this story's own: her sessions end in it."""
    return bring_people(server, "paula")["paula"]


def test_paula_looks_after_her_account(server: Server, paula: Person, window: OpenWindow) -> None:
    # Paula is in the chat, on her laptop and on a phone that she lost.
    laptop = window(paula)
    phone = window(paula._replace(cookie=sign_in(server, paula.handle)[paula.handle].cookie))
    for browser in (laptop, phone):
        browser.open("/")
        wait_for(lambda browser=browser: browser.text("#me-state"), "Active")

    # From the menu she comes to her account, sees both devices, and logs the phone out: its page closes at once.
    laptop.press("#me")
    laptop.press_words("Your account", within="#me-menu")
    wait_for(laptop.heading, "Your account")
    laptop.press_words("Devices")
    wait_for(laptop.heading, "Where you are logged in")
    assert laptop.text(".door__list li").startswith("Chrome on Linux (this device)")
    laptop.press(".door__list button")
    wait_for(lambda: phone.path, lambda path: path.startswith(LOG_IN))
    wait_for(lambda: len(laptop.texts(".door__list li")), 1)

    # She gives herself a password, and sets up an app on her new phone.
    laptop.open("/accounts/password/set/")
    laptop.fill("#id_password1", PASSWORD)
    laptop.press_words("Set")
    wait_for(lambda: laptop.path, "/accounts/")
    laptop.press_words("Second factor")
    laptop.press_words("Set up an app")
    wait_for(laptop.heading, "Enter your password")
    laptop.fill("#id_password", PASSWORD)
    laptop.press_words("Continue")
    wait_for(laptop.heading, "Set up an authenticator app")
    _enter_code(laptop, "Turn on")
    wait_for(laptop.heading, "Recovery codes")
    recovery_code = laptop.texts(".door__codes code")[0]

    # The next login asks for a code. She has left the phone at home, and takes one from her list.
    phone.open(LOG_IN)
    phone.fill("#id_login", paula.handle)
    phone.fill("#id_password", PASSWORD)
    phone.press_words("Log in", within="main")
    wait_for(phone.heading, "Enter the code")
    phone.fill("#id_code", recovery_code)
    phone.press_words("Log in", within="main")
    wait_for(lambda: phone.text("#me-state"), "Active")


def _enter_code(browser: Browser, words: str) -> None:
    """Enter what the app shows; a code that ran out meanwhile is followed by the next one."""
    before = browser.heading()
    secret = browser.text("main code")
    for _ in range(3):
        browser.fill("#id_code", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
        browser.press_words(words)
        wait_for(lambda: browser.heading() != before or browser.sees("#id_code_error"))
        if browser.heading() != before:
            return
