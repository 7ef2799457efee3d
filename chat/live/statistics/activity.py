"""What is going on, for who looks after the server: who is here, who was, when something was said last."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec
import redis

from chat.domain.types import RoomId, UserId
from chat.live.redis import keys
from chat.live.redis.client import answering


class Connections(NamedTuple):
    """One person's connections in one room, and how many of them are not away."""

    open: int
    active: int


class _Said(msgspec.Struct):
    sent_at: int


_decode = msgspec.json.Decoder(_Said).decode


class ActivityStore:
    """Reads only; every answer takes one or two round trips."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def rooms_in_use(self) -> list[RoomId]:
        """Return the rooms in which any server has connections."""
        with answering():
            servers: set[bytes] = self._client.smembers(keys.SERVERS)  # type: ignore[assignment]  # bytes, always
            names = [keys.server_rooms(server.decode()) for server in servers]
            # One by one: on a cluster they are on different nodes.
            with self._client.pipeline(transaction=False) as pipeline:
                for name in names:
                    pipeline.smembers(name)
                return sorted({int(room_id) for rooms in pipeline.execute() for room_id in rooms})

    def servers(self) -> int:
        """Return how many processes carry connections."""
        with answering():
            return int(self._client.scard(keys.SERVERS))

    def live_servers(self) -> int:
        """Return how many processes hold their lease now; those that were killed do not, though they are listed for a while."""
        with answering():
            servers: set[bytes] = self._client.smembers(keys.SERVERS)  # type: ignore[assignment]  # bytes, always
            return sum(bool(self._client.exists(keys.server(server.decode()))) for server in servers)

    def connections_of(self, user_id: UserId, room_ids: Sequence[RoomId]) -> list[Connections]:
        """Return a person's connections in each room."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for room_id in room_ids:
                pipeline.hmget(keys.present(room_id), [str(user_id), f"{user_id}:active"])
            return [Connections(*(int(count or 0) for count in counts)) for counts in pipeline.execute()]

    def last_sent(self, room_ids: Sequence[RoomId]) -> list[int | None]:
        """Return when the newest message of each room was sent, in ms."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for room_id in room_ids:
                pipeline.lindex(keys.log(room_id), -1)
            return [None if message is None else _decode(message).sent_at for message in pipeline.execute()]

    def online_at(self, moments: Sequence[datetime]) -> list[int]:
        """Return how many people were online at each of the moments at which all processes looked."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for moment in moments:
                pipeline.bitcount(keys.sampled(moment))
            return pipeline.execute()

    def active_people(self, days: Sequence[date]) -> list[int]:
        """Return, for each day, a number that has the bit of everyone who was here: `a | b` are those of both days."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for day in days:
                pipeline.get(keys.active(day))
            return [int.from_bytes(bitmap or b"", "little") for bitmap in pipeline.execute()]
