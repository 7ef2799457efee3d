"""Reading back through a long talk, and seeing one's own words from the key press on."""

import itertools
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.timeline import Message, Timeline
from functional_tests.servers import OwnServer, Server, behind_the_scenes
from functional_tests.waiting import wait_for
from tests.live.wire_client import WireClient

MESSAGES = 260
DAYS = 3
IN_A_ROW = 4
STILL = 3.0  # pixels


Talk = Callable[[int], dict[str, Any]]


@pytest.fixture
def talk(room: OpenRoom, connect: Connect) -> Talk:
    """Open a room in which Alice and Bob have talked in turns."""

    def _talk(messages: int) -> dict[str, Any]:
        opened = room("Long talk", "bob")
        talkers = itertools.cycle([connect("alice"), connect("bob")])
        for first in range(1, messages + 1, IN_A_ROW):
            _say(next(talkers), opened["id"], range(first, first + IN_A_ROW))
        return opened

    return _talk


def test_reading_back_moves_nothing_under_the_eye(talk: Talk, server: Server, alice: Browser) -> None:
    # Alice and Bob have talked on each of the last days from noon on, a line a minute. Alice opens the room, at its present.
    long_talk = talk(MESSAGES)
    per_day = int(behind_the_scenes(server, "spread", long_talk["id"], DAYS))
    timeline = ChatRoom(alice, long_talk["slug"]).timeline
    wait_for(lambda: timeline.texts()[-1:], [_line(MESSAGES)])
    wait_for(timeline.is_at_the_present)

    # She scrolls up, again and again. Older messages come above; the line that she reads stays where it is.
    while not timeline.is_at_the_beginning():
        oldest = timeline.messages()[0].seq
        under_eye, before = timeline.scroll_up(100_000)
        wait_for(lambda: timeline.is_at_the_beginning() or timeline.messages()[0].seq < oldest)  # noqa: B023
        assert abs(timeline.offset(under_eye) - before) < STILL

    # At the very beginning everything is there: in order, once.
    assert timeline.texts() == [_line(number) for number in range(1, MESSAGES + 1)]

    # Each line stands under its own day.
    today = datetime.now(UTC).date()
    dates = [(today - timedelta(days=days)).isoformat() for days in range(DAYS, 0, -1)]
    assert timeline.days() == dates
    assert timeline.day_of_each() == [dates[index // per_day] for index in range(MESSAGES)]
    assert timeline.last_day() == "Yesterday"

    # And whoever goes on within five minutes of the same day is not named again.
    assert [message.has_head for message in timeline.messages()] == _heads(timeline.messages(), timeline.day_of_each())


def test_what_comes_meanwhile_moves_nothing_either(talk: Talk, alice: Browser, connect: Connect) -> None:
    # Alice is reading further up when Bob writes.
    long_talk = talk(80)
    timeline = ChatRoom(alice, long_talk["slug"]).timeline
    wait_for(lambda: timeline.texts()[-1:], [_line(80)])
    wait_for(timeline.is_at_the_present)
    under_eye, before = _scroll_to_rest(timeline)
    bob = connect("bob")
    for number in (1, 2):
        bob.call("send", {"room": long_talk["id"], "client_id": f"late-{number:04}", "text": f"Late {number}"})

    # It is counted, not shown into her face.
    wait_for(timeline.button_down, "2 new, go to the present")
    assert abs(timeline.offset(under_eye) - before) < STILL

    # She goes to the present when she likes to, and from then on it stays with her.
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
