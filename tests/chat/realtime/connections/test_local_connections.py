"""Who hears what is said in a room."""

from typing import Any

import gevent
import pytest

from chat.domain.types import Author
from chat.realtime.connections import recipient_cache as module
from chat.realtime.connections.connection import Connection
from chat.realtime.connections.local_connections import LocalConnections
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
def connections() -> LocalConnections:
    return LocalConnections()


def open_tab(connections: LocalConnections, user: int) -> tuple[Any, Connection]:
    tab: Any = Tab(f"tab of {user}")
    connection = Connection(tab, Author(user, "", ""), "", 0.0, "")
    connections.add(connection)
    return tab, connection


def test_all_hear_all_rooms_though_not_all_recipients_are_kept(connections, monkeypatch):
    monkeypatch.setattr(module, "_MAX_RECIPIENTS", 4)
    tabs = [open_tab(connections, user) for user in range(2)]
    for room in range(ROOMS):
        for _, connection in tabs:
            connections.enter(connection, room)
    for turn in range(2):
        for room in range(ROOMS):
            connections.broadcast(room, PreparedPacket(f"{turn}/{room}"))
            gevent.sleep(0)
    for tab, _ in tabs:
        assert tab.heard == [f"{turn}/{room}" for turn in range(2) for room in range(ROOMS)]


def test_who_comes_or_goes_between_two_messages_hears_what_is_theirs(connections):
    (alice, hers), (bob, his) = open_tab(connections, 1), open_tab(connections, 2)
    connections.enter(hers, 7)
    connections.broadcast(7, PreparedPacket("one"))
    gevent.sleep(0)
    connections.enter(his, 7)
    connections.broadcast(7, PreparedPacket("two"))
    gevent.sleep(0)
    connections.leave(hers, 7)
    connections.broadcast(7, PreparedPacket("three"))
    gevent.sleep(0)
    assert (alice.heard, bob.heard) == (["one", "two"], ["two", "three"])
