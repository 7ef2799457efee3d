"""Take the pictures: `python -m functional_tests.screenshots docs/screenshots [name ...]`."""

import base64
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from functional_tests.browser import Browser
from functional_tests.chromium import start_chromium
from functional_tests.people import Person
from functional_tests.screenshots.screens import SCREENS, Look, Screen, Size
from functional_tests.servers import OwnServer
from functional_tests.waiting import wait_for
from tests.live.conftest import sign_in
from tests.support.live_server import ROOT
from tests.support.wire_client import WireClient

SIZES: dict[Size, tuple[int, int]] = {"wide": (1440, 900), "narrow": (390, 844)}
QUALITY = 82
VISITOR = "visitor"
HERE, AWAY = ("bruno", "dalia", "emil", "freya", "ines", "mei", "nour"), ("sunil", "tomasz")


def main(folder: Path, names: Sequence[str]) -> None:
    """Show the demo to a browser, screen by screen."""
    folder.mkdir(parents=True, exist_ok=True)
    driver = start_chromium()
    try:
        with _demo() as (server, people):
            for screen in SCREENS:
                if names and screen.name not in names:
                    continue
                for size, look in screen.looks:
                    _take(Browser(driver, server.url, people.get(screen.who)), screen, size, look, folder)
    finally:
        driver.quit()
    (folder / "README.md").write_text(_index())


@contextmanager
def _demo() -> Iterator[tuple[OwnServer, dict[str, Person]]]:
    """The demo's server with most of its people in it, and one who is in no room."""
    with tempfile.TemporaryDirectory() as data_dir:
        server = OwnServer(Path(data_dir))
        subprocess.run([sys.executable, "manage.py", "fill_demo"], cwd=ROOT, env=server.environment, check=True)
        server.start()
        clients: list[WireClient] = []
        try:
            sessions = sign_in(server, "ada", VISITOR, *HERE, *AWAY)
            for handle in (*HERE, *AWAY):
                clients.append(WireClient(server.port, sessions[handle].cookie))
                clients[-1].call("status", {"status": "away" if handle in AWAY else "active"})
            yield server, {handle: Person(facts.id, handle, handle, facts.cookie) for handle, facts in sessions.items()}
        finally:
            for client in clients:
                client.close()
            server.stop()


def _take(browser: Browser, screen: Screen, size: Size, look: Look, folder: Path) -> None:
    width, height = SIZES[size]
    if size == "narrow":
        browser.become_a_phone(width, height)
    else:
        browser.be_as_large_as(width, height)
    browser.prefer(look)
    browser.open(screen.path)
    if browser.driver.find_elements("css selector", "#line"):
        wait_for(lambda: browser.text("#line"), "Live")
    if browser.sees("#people-groups"):
        wait_for(lambda: browser.sees("#people-groups .person--active .person__note"))  # that is who looks
    for verb, css, text in screen.steps:
        _do(browser, verb, css, text)
    wait_for(lambda: browser.sees(screen.until))
    browser.at_rest()
    name = _file_of(screen, size, look)
    (folder / name).write_bytes(base64.b64decode(browser.picture("webp", QUALITY)))
    print(name)


def _file_of(screen: Screen, size: Size, look: Look) -> str:
    parts = [screen.name, *(["dark"] if look == "dark" else []), *(["phone"] if size == "narrow" else [])]
    return f"{'-'.join(parts)}.webp"


def _index() -> str:
    """A page that shows them all, for who looks through the repository."""
    lines = ["# Screens", "", "Taken by `make screenshots` from what `make demo` shows.", ""]
    for screen in SCREENS:
        lines += [f"## {screen.name.replace('-', ' ').capitalize()}", ""]
        for size, look in screen.looks:
            width = 300 if size == "narrow" else 800
            alt = f"{screen.name.replace('-', ' ')}, {look}, {size}"
            lines.append(f'<img src="{_file_of(screen, size, look)}" width="{width}" alt="{alt}">')
        lines.append("")
    return "\n".join(lines)


def _do(browser: Browser, verb: str, css: str, text: str) -> None:
    """By script where the screen is narrow and what is pressed may be hidden: the picture is of what follows."""
    if verb == "type":
        browser.fill(css, text)
        return
    wait_for(lambda: browser.driver.find_elements("css selector", css))
    browser.run("document.querySelector(arguments[0])[arguments[1]]()", css, "click" if verb == "press" else "focus")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
