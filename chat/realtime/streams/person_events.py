"""What concerns one person on all devices."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gevent
import msgspec
from django.db import connections as databases

from chat.domain.protocol import Control, ServerEvent
from chat.domain.types import Author, RoomId, UserId
from chat.live.live_state import LiveState
from chat.live.rooms import room_event
from chat.realtime.broadcaster import Fanout
from chat.realtime.connection import Connection
from chat.realtime.packets import event_packet

Enter = Callable[[Mapping[Connection, Sequence[RoomId]]], None]


class PersonEvents:
    """Read markers go on as they are; what processes tell each other is done here."""

    def __init__(
        self, live: LiveState, fanout: Fanout, enter: Enter, announce: Enter, still_signed_in: Callable[[str], bool]
    ) -> None:
        self._live = live
        self._fanout = fanout
        self._enter = enter
        self._announce = announce
        self._still_signed_in = still_signed_in

    def take(self, user_id: UserId, name: str, payload: bytes) -> None:
        """Pass an event on, or do what it says."""
        if name == Control.JOINED:
            gevent.spawn(self._bring_into_room, user_id, msgspec.json.decode(payload)["room"])
        elif name == Control.SESSION_ENDED:
            self._end_sessions(user_id, msgspec.json.decode(payload)["session"])
        elif name == Control.RENAMED:
            self._rename(msgspec.json.decode(payload, type=Author))
        else:
            if name in (ServerEvent.BLOCKED, ServerEvent.INVITED):
                self._take_own(user_id, name, msgspec.json.decode(payload))
            packet = event_packet(name, payload)
            for connection in self._fanout.of_person(user_id):
                connection.deliver(packet)

    def check(self, user_id: UserId) -> None:
        """Ask again whether their sessions are good: the word that one ended may have been lost."""
        try:
            for connection in self._fanout.of_person(user_id):
                if not self._still_signed_in(connection.cookie):
                    connection.close()
        finally:
            databases.close_all()

    def _take_own(self, user_id: UserId, name: str, told: dict[str, Any]) -> None:
        """The next `sync` of these connections tells it as well."""
        for connection in self._fanout.of_person(user_id):
            if name == ServerEvent.BLOCKED:
                connection.own.take_block(told)
            else:
                connection.own.take_invitation(told)

    def _bring_into_room(self, user_id: UserId, room_id: RoomId) -> None:
        """Another device, or somebody else, put this person into a room: their connections here enter it as well."""
        newcomers = [connection for connection in self._fanout.of_person(user_id) if room_id not in connection.rooms]
        self._enter({connection: [room_id] for connection in newcomers})
        facts = self._live.rooms.facts(room_id)
        if facts is None:
            return
        packet = event_packet(ServerEvent.ROOM, msgspec.json.encode(room_event(facts)))
        entered = [connection for connection in newcomers if room_id in connection.rooms]
        self._announce({connection: [room_id] for connection in entered})
        for connection in entered:
            connection.deliver(packet)

    def _end_sessions(self, user_id: UserId, session: str | None) -> None:
        for connection in self._fanout.of_person(user_id):
            if session in (None, connection.login):
                connection.close()

    def _rename(self, author: Author) -> None:
        for connection in self._fanout.of_person(author.id):
            connection.author = author
