"""Dave has no pointer: from making an account to logging out he presses keys alone, and never loses sight of where he is."""

import pytest
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom, OpenWindow
from functional_tests.pages.amending import Amending
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.keyboard import SEEN, Keyboard
from functional_tests.people import PASSWORD
from functional_tests.waiting import wait_for
from tests.support.wire_client import WireClient

ARTICLE = "#messages > li[data-seq='{}'] article"


@pytest.fixture
def dave(window: OpenWindow) -> Browser:
    return window()


def _say(client: WireClient, room: int, *texts: str) -> None:
    for text in texts:
        client.call("send", {"room": room, "client_id": f"said-{abs(hash(text))}", "text": text})


def test_everything_by_keys_alone(dave: Browser, first_room: str, room: OpenRoom, connect: Connect) -> None:
    garden = room("Garden")
    alice = connect("alice")
    _say(alice, garden["id"], *(f"Bed {number} is weeded" for number in range(1, 31)))
    keys = Keyboard(dave)
    handle = f"dave{garden['id']}"

    # He makes an account, and is in.
    dave.open("/accounts/signup/")
    for field, text in (("name", "Dave"), ("username", handle), ("email", f"{handle}@example.org"), ("password1", PASSWORD)):
        keys.go_to(f"#id_{field}")
        keys.press(text)
    keys.press(Keys.ENTER)
    wait_for(lambda: dave.sees("#write"))

    # In the directory he finds a room, and joins it.
    keys.go_to(".rooms__scroll a[href='/rooms/']")
    keys.press(Keys.ENTER)
    wait_for(lambda: dave.heading(), "Rooms")
    keys.go_to("#find-room")
    keys.press(garden["name"])
    keys.go_to(f"[data-join='{garden['id']}']")
    keys.press(Keys.ENTER)
    wait_for(lambda: dave.path, f"/rooms/{garden['slug']}/")
    him = ChatRoom(dave)
    keys.arrive("#write")

    # He goes up to what was said first; meanwhile somebody says more, and he reads to the end.
    keys.go_to("#messages article", back=True)
    keys.press(Keys.HOME)
    wait_for(lambda: him.timeline.offset(1) >= 0)
    keys.arrive(ARTICLE.format(1))
    _say(alice, garden["id"], f"@{handle} welcome", "Who has the hose?")
    wait_for(lambda: him.timeline.said()[-1:], ["Alice: Who has the hose?"])
    keys.press(Keys.END)
    wait_for(him.timeline.is_at_the_present)

    # He answers the last message, and cheers at the one before.
    keys.arrive(ARTICLE.format(32))
    keys.press("r")
    keys.arrive("#write")
    keys.write("I have it")
    wait_for(lambda: Amending(dave).look(33).text, "I have it")
    keys.go_to(ARTICLE.format(33), back=True)
    keys.press(Keys.ARROW_UP, "k")
    keys.arrive(ARTICLE.format(31))
    keys.press("+")
    keys.arrive("#emoji-search")
    keys.press("tada")
    wait_for(lambda: dave.texts("#emoji-grid button"))
    keys.press(Keys.ENTER)
    wait_for(lambda: Amending(dave).look(31).mine, ["🎉"])
    keys.arrive("#messages > li[data-seq='31'] *")

    # He mends what he wrote, from the empty box, and then takes it back by the message's menu.
    keys.press(Keys.ESCAPE)
    keys.arrive("#write")
    keys.press(Keys.ARROW_UP)
    keys.write(" now")
    wait_for(lambda: Amending(dave).look(33).text, "I have it now")
    keys.arrive("#write")
    keys.go_to("#messages article", back=True)
    keys.press("j", "j")
    keys.arrive(ARTICLE.format(33))
    keys.go_to("#messages > li[data-seq='33'] [data-key='more']")
    keys.press(Keys.ENTER)
    keys.arrive("#message-menu *")
    keys.press(Keys.ARROW_UP)
    keys.arrive("#message-menu [data-key='Delete message']")
    keys.press(Keys.ENTER)
    wait_for(lambda: Amending(dave).look(33).tombstone, "Deleted by you.")
    keys.arrive("#messages > li[data-seq='33'] *, #write")

    # What Alice said he reports, and is back at it.
    keys.press("k")
    keys.arrive(ARTICLE.format(32))
    keys.press("m")
    keys.arrive("#report h2")
    keys.go_to("#report [name='kind']:checked")
    keys.press(Keys.ARROW_DOWN)
    keys.go_to("#report-send")
    keys.press(Keys.ENTER)
    wait_for(lambda: not dave.sees("#report"))
    keys.arrive(ARTICLE.format(32))

    # What called him is listed at the side, and leads there.
    keys.go_to("#mentions-link", back=True)
    keys.press(Keys.ENTER)
    wait_for(lambda: dave.texts("#mentions .hit__text"), [f"@{handle} welcome"])
    keys.press(Keys.ARROW_DOWN)
    keys.arrive("#mentions .hit a")
    keys.press(Keys.ENTER)
    wait_for(lambda: dave.path, f"/rooms/{garden['slug']}/31/")
    wait_for(lambda: keys.ring() in SEEN)

    # The help tells every key. He turns the single ones off, which are letters then, and on again by the button.
    keys.go_to(".me [data-opens='help']")
    keys.press("?")
    keys.arrive("#help h2")
    keys.go_to("#help-letters")
    keys.press(Keys.SPACE, Keys.ESCAPE)
    keys.arrive(".me [data-opens='help']")
    keys.press("/")
    assert not dave.sees("#search[open]")
    keys.press(Keys.ENTER)
    keys.go_to("#help-letters")
    keys.press(Keys.SPACE, Keys.ESCAPE)
    keys.arrive(".me [data-opens='help']")
    keys.press("/")
    keys.arrive("#search-box")
    keys.press(Keys.ESCAPE)
    keys.arrive(".me [data-opens='help']")

    # He looks who is here, and goes to another room.
    keys.press("p")
    keys.arrive("#people [data-user-id]")
    keys.press(Keys.ENTER)
    keys.arrive("#person-card *")
    keys.press(Keys.ESCAPE)
    keys.arrive("#people [data-user-id]")
    keys.press("p")
    keys.arrive("#write")
    keys.press_together(Keys.CONTROL, "k")
    keys.arrive("#jump-to")
    keys.press(first_room)
    wait_for(lambda: dave.texts("#jump-found [aria-selected='true'] bdi"), [first_room])
    keys.press(Keys.ENTER)
    wait_for(him.name, first_room)
    keys.arrive("#write")

    # He logs out, and could come in again.
    keys.go_to("#me", back=True)
    keys.press(Keys.ENTER)
    keys.go_to("#me-menu form button")
    keys.press(Keys.ENTER)
    wait_for(dave.heading, "Welcome back")
    keys.go_to("#id_login")
    keys.press(handle)
    keys.go_to("#id_password")
    keys.write(PASSWORD)
    wait_for(lambda: dave.sees("#write"))
