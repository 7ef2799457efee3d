"""Reading back through a long talk, and seeing one's own words from the key press on."""

import itertools
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.timeline import Message, Timeline
from functional_tests.people import People
from functional_tests.servers import OwnServer, Server, behind_the_scenes
from functional_tests.waiting import wait_for
from tests.support.wire_client import WireClient

MESSAGES = 420
DAYS = 3
IN_A_ROW = 4
STILL = 3.0  # pixels
MOST_ROWS = 280


Talk = Callable[[int], dict[str, Any]]


@pytest.fixture
def talk(room: OpenRoom, connect: Connect) -> Talk:
    """Open a room in which Alice and Bob have talked in turns, and each has read what the other said."""

    def _talk(messages: int) -> dict[str, Any]:
        opened = room("Long talk", "bob")
        both = [connect("alice"), connect("bob")]
        talkers = itertools.cycle(both)
        for first in range(1, messages + 1, IN_A_ROW):
            _say(next(talkers), opened["id"], range(first, first + IN_A_ROW))
        for talker in both:
            talker.call("read", {"room": opened["id"], "seq": messages})
        return opened

    return _talk


def test_reading_back_moves_nothing_under_the_eye(talk: Talk, server: Server, alice: Browser) -> None:
    # Alice and Bob have talked on each of the last days from noon on, a line a minute. Alice opens the room, at its present.
    long_talk = talk(MESSAGES)
    per_day = int(behind_the_scenes(server, "spread", long_talk["id"], DAYS))
    timeline = ChatRoom(alice, long_talk["slug"]).timeline
    wait_for(lambda: timeline.texts()[-1:], [_line(MESSAGES)])
    wait_for(timeline.is_at_the_present)
    wait_for(lambda: timeline.leaves_out(timeline.messages()[0].seq))
    assert not timeline.leaves_out(MESSAGES)

    # She scrolls up, again and again. Older messages come above; the line that she reads stays where it is.
    read: dict[int, tuple[Message, str]] = {}
    while not timeline.is_at_the_beginning():
        oldest = timeline.messages()[0].seq
        under_eye, before = timeline.scroll_up(100_000)
        wait_for(lambda: timeline.is_at_the_beginning() or timeline.messages()[0].seq < oldest)
        assert abs(timeline.offset(under_eye) - before) < STILL
        read |= _read(timeline)

    # Everything was there: in order, once, each line under its own day. The page was never long.
    assert [read[seq][0].text for seq in sorted(read)] == [_line(number) for number in range(1, MESSAGES + 1)]
    today = datetime.now(UTC).date()
    dates = [(today - timedelta(days=days)).isoformat() for days in range(DAYS, 0, -1)]
    assert [read[seq][1] for seq in sorted(read)] == [dates[index // per_day] for index in range(MESSAGES)]

    # And whoever goes on within five minutes of the same day is not named again.
    messages, days = timeline.messages(), timeline.day_of_each()
    assert [message.has_head for message in messages] == _heads(messages, days)

    # She goes down again, by the wheel. That moves nothing under her eye either, and ends at the latest message.
    while not timeline.is_at_the_present() or timeline.messages()[-1].seq < MESSAGES:
        under_eye, before = timeline.scroll_up(-2_000)
        assert abs(timeline.offset(under_eye) - before) < STILL
        assert len(timeline.messages()) <= MOST_ROWS
    assert timeline.last_day() == "Yesterday"


def test_a_link_leads_to_a_message_of_any_age(talk: Talk, alice: Browser, connect: Connect) -> None:
    # Bob sent Alice the link of something said long ago.
    long_talk = talk(MESSAGES)
    room = ChatRoom(alice, f"{long_talk['slug']}/30")
    wait_for(room.timeline.at_hand, 30)
    assert 0 < room.timeline.offset(30) < room.timeline.height()
    assert room.timeline.messages()[-1].seq < MESSAGES

    # What is said meanwhile is counted, not put below it. From there she may read on as far as she likes.
    connect("bob").call("send", {"room": long_talk["id"], "client_id": "meanwhile-1", "text": "Found it?"})
    wait_for(room.timeline.button_down, "1 new message")
    # Not so far that she may be there by herself: between two looks come more rows than one thinks.
    wait_for(lambda: _reads_on(room) > MESSAGES // 2)
    room.timeline.go_to_the_present()
    wait_for(lambda: room.timeline.texts()[-1], "Found it?")
    wait_for(room.timeline.is_at_the_present)

    # A link to what is not there says so, and leads into the room all the same.
    room = ChatRoom(alice, f"{long_talk['slug']}/99999")
    wait_for(lambda: alice.text("#toast"), "There is no such message here.")
    wait_for(lambda: room.timeline.texts()[-1:], ["Found it?"])


def test_a_room_opens_at_the_first_unread_message(talk: Talk, alice: Browser, connect: Connect, room: OpenRoom) -> None:
    # While Alice was away, Bob has said a lot, more than the page holds.
    news = room("News", "bob")
    connect("alice").call("send", {"room": news["id"], "client_id": "talk-start", "text": "See you tomorrow"})
    for first in range(1, 200, 20):
        _say(connect("bob"), news["id"], range(first, first + 20))

    # She finds the first of it below the line, and what she sees of it is read.
    timeline = ChatRoom(alice, news["slug"]).timeline
    wait_for(lambda: timeline.divider().startswith("New since "))
    assert timeline.below_divider() == _line(1)
    assert 0 < timeline.offset(2) < timeline.height() / 3
    wait_for(timeline.button_down, lambda words: words.endswith(" new messages") and int(words.split()[0]) < 200)

    # She jumps to the latest by the End key; the U key leads back to where the news begins.
    timeline.press_key("j")
    timeline.press_key(Keys.END)
    wait_for(timeline.is_at_the_present)
    wait_for(lambda: timeline.texts()[-1], _line(200))
    assert timeline.button_down() == ""
    timeline.press_key("u")
    wait_for(lambda: timeline.below_divider() == _line(1) and 0 < timeline.offset(2) < timeline.height() / 3)

    # The line stays until she leaves the room.
    ChatRoom(alice, talk(4)["slug"])
    assert ChatRoom(alice, news["slug"]).timeline.divider() == ""


def test_what_comes_meanwhile_moves_nothing_either(talk: Talk, alice: Browser, connect: Connect, people: People) -> None:
    # Alice is reading further up when Bob writes.
    long_talk = talk(80)
    timeline = ChatRoom(alice, long_talk["slug"]).timeline
    wait_for(lambda: timeline.texts()[-1:], [_line(80)])
    wait_for(timeline.is_at_the_present)
    under_eye, before = _scroll_to_rest(timeline)
    bob = connect("bob")
    for number in (1, 2):
        bob.call("send", {"room": long_talk["id"], "client_id": f"late-{number:04}", "text": f"Late {number}"})

    # It is counted, not shown into her face; that something is for her is said apart.
    wait_for(timeline.button_down, "2 new messages")
    assert timeline.button_to_mention() == ""
    bob.call("send", {"room": long_talk["id"], "client_id": "late-0000", "text": f"@{people['alice'].handle}, look"})
    wait_for(timeline.button_to_mention, "1 mention below")
    assert timeline.button_down() == "3 new messages"
    assert abs(timeline.offset(under_eye) - before) < STILL

    # She jumps to the latest when she likes to, and from then on it stays with her.
    timeline.go_to_the_present()
    wait_for(timeline.is_at_the_present)
    assert timeline.button_down() == ""
    bob.call("send", {"room": long_talk["id"], "client_id": "late-0003", "text": "Late 3"})
    wait_for(lambda: timeline.texts()[-1], "Late 3")
    wait_for(timeline.is_at_the_present)


def test_ones_own_words_stand_there_from_the_key_press_on(room: OpenRoom, server: Server, alice: Browser, bob: Browser) -> None:
    # Alice and Bob are in a room, when the server falls silent: it neither answers nor hangs up.
    if not isinstance(server, OwnServer):
        pytest.skip("A server that somebody else started is not ours to stop")
    slug = room("Quick words", "bob")["slug"]
    hers, his = ChatRoom(alice, slug), ChatRoom(bob, slug)
    with server.frozen():
        # Alice writes. Her line is there all the same, and says after a while that it is on its way.
        hers.write("One")
        wait_for(hers.timeline.texts, ["One"])
        hers.timeline.watch_the_last("one")
        hers.write("Two")
        wait_for(hers.timeline.texts, ["One", "Two"])
        hers.timeline.watch_the_last("two")
        wait_for(lambda: [message.state for message in hers.timeline.messages()], ["Sending", "Sending"])
        wait_for(hers.line, "Sending 2")
        assert his.timeline.texts() == []

    # The server wakes up. Each line becomes the real message where it stands: not moved, not doubled.
    wait_for(lambda: [message.seq for message in hers.timeline.messages()], [1, 2])
    assert [message.state for message in hers.timeline.messages()] == ["", ""]
    assert hers.timeline.texts() == ["One", "Two"]
    assert hers.timeline.watched("one") == ["One"]
    assert hers.timeline.watched("two") == ["Two"]
    wait_for(hers.line, "Live")
    wait_for(his.timeline.texts, ["One", "Two"])


def _read(timeline: Timeline) -> dict[int, tuple[Message, str]]:
    """Return what stands on the page, by seq: each message with its day."""
    messages = timeline.messages()
    assert len(messages) <= MOST_ROWS
    return {message.seq: (message, day) for message, day in zip(messages, timeline.day_of_each(), strict=True)}


def _say(talker: WireClient, room: int, numbers: range) -> None:
    messages = [{"room": room, "client_id": f"talk-{number:04}", "text": _line(number)} for number in numbers]
    sent = [talker.send_raw(json.dumps(["send", message])) for message in messages]
    assert all(talker.answer_to(packet)["ok"] for packet in sent)


def _line(number: int) -> str:
    return f"Line {number}" + " of a long, long talk" * (number % 7)


def _scroll_to_rest(timeline: Timeline) -> tuple[int, float]:
    """Scroll to the beginning, and return where the eye is when nothing older is to come."""
    under_eye, offset = timeline.scroll_up(100_000)
    wait_for(timeline.is_at_the_beginning)
    return under_eye, offset


def _heads(messages: Sequence[Message], days: Sequence[str]) -> list[bool]:
    """Return which rows must name their author: at a change of author or day, and after a pause."""
    pairs = zip(pairwise(messages), pairwise(days), strict=True)
    return [True, *(old.author != new.author or day != next_day for (old, new), (day, next_day) in pairs)]


def _reads_on(room: ChatRoom) -> int:
    """Scroll as far down as there is something, as one who reads on does; return the last message that is there."""
    room.timeline.scroll_up(-100_000)
    return room.timeline.messages()[-1].seq
