"""How soon the page is seen, how soon it answers, and how long it is then busy, in a Chromium whose CPU is slowed four times.

On a page with 30 rooms, the one that is read full of messages. Every press and key is one of the browser's own input, timed by
its Event Timing; what it does not report took less than 16 ms.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from benchmarks.report import Wrong, percentile, print_table
from benchmarks.throwaway import Guest, ThrowawayServer
from functional_tests.chromium import start_chromium

ROOMS = 30
MESSAGES = 300
ELSEWHERE = 60
SLOWED = 4
LOADS = 20
SENT = 30
PAINT_MS, DELAY_MS = 1_000, 50
# The browser reports nothing below, and rounds to 8 ms.
UNREPORTED_MS = 16.0
WAIT_SECONDS = 60
OPENERS = ("[data-opens='jump']", ".room-search", "#room-more", "#write-emoji", "[data-opens='you']", "#me")

TEXTS = (
    "Shall we meet at nine, or is that too early for you?",
    "It is **done**, see https://example.org/a/longer/address and `make test`.",
    "```python\ndef tide(hours):  # comes twice a day\n    return 6.2 * hours if hours else None\n```",
    "- bread\n- butter\n- a boat\n\n> and what did she say to that?",
    "Words enough for two lines on most screens, since people do write at length when they have something on their mind. " * 2,
)
WATCH = """
window.delays = [];
new PerformanceObserver((list) => {
  for (const {interactionId, duration} of list.getEntries()) if (interactionId) delays.push(duration);
}).observe({type: "event", durationThreshold: 16});
window.tasks = [];
new PerformanceObserver((list) => list.getEntries().forEach(({duration}) => tasks.push(duration))).observe({type: "longtask"});
"""
TAKE = "return [Math.max(arguments[0], ...delays.splice(0)), Math.max(0, ...tasks.splice(0))]"
PAINTED = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
ROWS = "return document.querySelectorAll('#messages > li[data-seq]').length"
LIVE = "return document.body.dataset.line === 'live'"
# The next press comes when the page has done all that the last one made it do.
SETTLED = "requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => setTimeout(arguments[0], 50))))"

Act = Callable[[webdriver.Chrome], None]
Timing = tuple[float, float]


def run(server: ThrowawayServer, parts: Sequence[str] = ()) -> None:
    """Fill the rooms, then load, write, go around and scroll, or only these parts; raises Wrong where a promise is not kept."""
    parts = parts or PARTS
    if unknown := set(parts) - set(PARTS):
        raise Wrong(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    slugs = _settle(server, guests := server.invite(6))
    browser = start_chromium()
    try:
        _tell(browser, "Network.setCookie", **_cookie(server, guests[0]))
        _tell(browser, "Emulation.setCPUThrottlingRate", rate=SLOWED)
        address = f"{server.url}/rooms/{slugs[0]}/"
        print(f"CPU slowed {SLOWED} times, {ROOMS} rooms, load {os.getloadavg()[0]:.1f}")
        paints = {}
        if "load" in parts:
            paints = {"first load": _paints(browser, address, cold=True), "every other": _paints(browser, address, cold=False)}
        else:
            _load(browser, address)
        delays = {part: list(INTERACTIONS[part](browser)) for part in INTERACTIONS if part in parts}
    finally:
        browser.quit()
    if paints:
        _judge("first contentful paint", paints, PAINT_MS)
    if delays:
        delays["all of them"] = [each for some in delays.values() for each in some]
        _judge("interaction delay", {part: [delay for delay, _ in each] for part, each in delays.items()}, DELAY_MS)
        _judge("longest task, 0 below 50", {part: [task for _, task in each] for part, each in delays.items()}, DELAY_MS)


def _judge(name: str, found: dict[str, list[float]], most_ms: int) -> None:
    heads = [f"{name}, ms", "number", "p50", "p95", "max"]
    shares = (0.50, 0.95, 1.0)
    rows = [[kind, str(len(each)), *(f"{percentile(each, share):.0f}" for share in shares)] for kind, each in found.items()]
    print_table(heads, rows)
    slow = [kind for kind, each in found.items() if percentile(each, 0.95) > most_ms]
    if slow:
        print(f"  over {most_ms} ms at p95: {', '.join(slow)}")


def _paints(browser: webdriver.Chrome, address: str, cold: bool) -> list[float]:
    found = []
    for _ in range(LOADS):
        if cold:
            _tell(browser, "Storage.clearDataForOrigin", origin=address, storageTypes="service_workers,cache_storage")
            _tell(browser, "Network.clearBrowserCache")
        _load(browser, address)
        found.append(float(browser.execute_script(PAINTED)))
    if not all(found):
        raise Wrong("the page was not painted")
    return found


def _load(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address)
    _wait(browser, LIVE)
    browser.execute_script(WATCH)


def _type(browser: webdriver.Chrome) -> Iterator[Timing]:
    write = browser.find_element(By.ID, "write")
    yield from _timed(browser, [_key(write, letter) for letter in "Shall we meet at nine :smi" * 3])
    write.clear()


def _send(browser: webdriver.Chrome) -> Iterator[Timing]:
    """The Enter key alone: the letters before it are another thing, and no hand writes them within one frame."""
    write = browser.find_element(By.ID, "write")
    yield from _timed(browser, [_key(write, Keys.ENTER)] * SENT, before=lambda _: write.send_keys("What do you think?"))


def _open_rooms(browser: webdriver.Chrome) -> Iterator[Timing]:
    links = browser.find_elements(By.CSS_SELECTOR, "#room-links a")
    yield from _timed(browser, [_press(f"#room-links li:nth-child({number + 1}) a") for number in range(len(links))])


def _open_dialogs(browser: webdriver.Chrome) -> Iterator[Timing]:
    yield from _timed(browser, [_press(css) for css in OPENERS * 5], after=_escape)


def _close_dialogs(browser: webdriver.Chrome) -> Iterator[Timing]:
    presses = cycle(_press(css) for css in OPENERS)
    yield from _timed(browser, [_escape] * (len(OPENERS) * 5), before=lambda browser: next(presses)(browser))


def _scroll(browser: webdriver.Chrome) -> Iterator[Timing]:
    browser.find_element(By.CSS_SELECTOR, "#room-links li:first-child a").click()
    timeline = browser.find_element(By.ID, "timeline")
    yield from _timed(browser, [_key(timeline, key) for key in [Keys.PAGE_UP] * 20 + [Keys.PAGE_DOWN] * 10])
    if browser.execute_script(ROWS) < 20:
        raise Wrong("the room that was scrolled is empty")


INTERACTIONS = {
    "type": _type,
    "send": _send,
    "room": _open_rooms,
    "dialog": _open_dialogs,
    "close": _close_dialogs,
    "scroll": _scroll,
}
PARTS = ("load", *INTERACTIONS)


def _timed(browser: webdriver.Chrome, acts: list[Act], before: Act | None = None, after: Act | None = None) -> Iterator[Timing]:
    """Do each act by itself; yield what its slowest event took until the next frame, and the longest task it led to."""
    for act in acts:
        _do_unseen(browser, before)
        act(browser)
        browser.execute_async_script(SETTLED)
        delay, task = browser.execute_script(TAKE, UNREPORTED_MS)
        yield float(delay), float(task)
        _do_unseen(browser, after)


def _do_unseen(browser: webdriver.Chrome, act: Act | None) -> None:
    if not act:
        return
    act(browser)
    browser.execute_async_script(SETTLED)
    browser.execute_script(TAKE, UNREPORTED_MS)


def _press(css: str) -> Act:
    return lambda browser: browser.find_element(By.CSS_SELECTOR, css).click()


def _key(element: webdriver.remote.webelement.WebElement, key: str) -> Act:
    return lambda _: element.send_keys(key)


def _escape(browser: webdriver.Chrome) -> None:
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)


def _settle(server: ThrowawayServer, guests: list[Guest]) -> list[str]:
    """Return the slugs of the rooms, the full one first."""
    from chat.models import Room

    rooms = [server.open_room(guests[number % 6 :] + guests[: number % 6], f"Room {number:02d}") for number in range(ROOMS)]
    for room in rooms:
        _fill(room, guests, MESSAGES if room == rooms[0] else ELSEWHERE)
    slugs = dict(Room.objects.filter(pk__in=rooms).values_list("pk", "slug"))
    return [slugs[room] for room in rooms]


def _fill(room: int, guests: list[Guest], number: int) -> None:
    from chat.actions.messages.sending import send_messages
    from chat.domain.protocol import Send
    from chat.domain.types import Author

    for index in range(number):
        guest = guests[(index // 3) % len(guests)]
        said = Send(room=room, client_id=f"{room:08x}{index:024x}", text=f"{TEXTS[index % len(TEXTS)]} {index}")
        send_messages(Author(guest.id, guest.handle, guest.handle), [said])


def _cookie(server: ThrowawayServer, guest: Guest) -> dict[str, object]:
    name, _, value = guest.cookie.partition("=")
    return {"name": name, "value": value, "url": server.url, "httpOnly": True}


def _tell(browser: webdriver.Chrome, command: str, **facts: object) -> None:
    browser.execute_cdp_cmd(command, facts)


def _wait(browser: webdriver.Chrome, script: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not browser.execute_script(script):
        if time.monotonic() > deadline:
            raise Wrong("the page did not become live")
        time.sleep(0.05)
