"""Who hears what is said in a room."""

from typing import Any

import gevent
import pytest

from chat.domain.types import Author
from chat.realtime import broadcaster as module
from chat.realtime.broadcaster import Fanout
from chat.realtime.connection import Connection
from gevent_socketio.packet import PreparedPacket
from gevent_socketio.timer_wheel import TimerWheel
from gevent_socketio.websocket.server_state import Limits, ServerState

ROOMS = 5
STATE = ServerState(TimerWheel(), Limits())


class Tab:
    """As much of a transport's session as a message by long polling asks for."""

    def __init__(self, name: str) -> None:
        self.id = name
        self.is_open = True
        self.websocket = None
        self.server_state = STATE
        self.heard: list[str] = []

    def send_packet(self, packet: PreparedPacket) -> bool:
        self.heard.append(packet.payload)
        return True


@pytest.fixture
def fanout() -> Fanout:
    return Fanout()


def open_tab(fanout: Fanout, user: int) -> tuple[Any, Connection]:
    tab: Any = Tab(f"tab of {user}")
    connection = Connection(tab, Author(user, "", ""), "", 0.0, "")
    fanout.add(connection)
    return tab, connection


def test_all_hear_all_rooms_though_not_all_audiences_are_kept(fanout, monkeypatch):
    monkeypatch.setattr(module, "_MOST_LISTENING", 4)
    tabs = [open_tab(fanout, user) for user in range(2)]
    for room in range(ROOMS):
        for _, connection in tabs:
            fanout.enter(connection, room)
    for turn in range(2):
        for room in range(ROOMS):
            fanout.broadcast(room, PreparedPacket(f"{turn}/{room}"))
            gevent.sleep(0)
    for tab, _ in tabs:
        assert tab.heard == [f"{turn}/{room}" for turn in range(2) for room in range(ROOMS)]


def test_who_comes_or_goes_between_two_messages_hears_what_is_theirs(fanout):
    (alice, hers), (bob, his) = open_tab(fanout, 1), open_tab(fanout, 2)
    fanout.enter(hers, 7)
    fanout.broadcast(7, PreparedPacket("one"))
    gevent.sleep(0)
    fanout.enter(his, 7)
    fanout.broadcast(7, PreparedPacket("two"))
    gevent.sleep(0)
    fanout.leave(hers, 7)
    fanout.broadcast(7, PreparedPacket("three"))
    gevent.sleep(0)
    assert (alice.heard, bob.heard) == (["one", "two"], ["two", "three"])
