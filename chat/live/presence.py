"""Who is here: connections with deadlines, servers with leases."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from chat.domain.types import PersonHere, RoomId, Status, UserId
from chat.live.redis import keys
from chat.live.redis.calls import Argument, Call
from chat.live.redis.scripts import ScriptRunner

# A beat every 5 s moves the deadline 15 s ahead: two beats may be lost before anybody seems gone.
BEAT_SECONDS = 5.0
LIVE_MS = 15_000
LEASE_MS = 3_000
NO_KEY = -2  # PTTL's answer
ENTRIES_PER_CALL = 500
# A bitmap of 100,000 people is 12 kB: 144 of them are the day's chart, whatever goes on.
SAMPLE_EVERY = timedelta(minutes=10)
SAMPLES_KEPT = timedelta(hours=25)


class PresenceEntry(NamedTuple):
    """One connection in one room."""

    user: UserId
    connection: str
    status: Status


def sample_moment(now: datetime) -> datetime:
    """Return the last moment at which all processes note who is online."""
    return now - (now - now.replace(hour=0, minute=0, second=0, microsecond=0)) % SAMPLE_EVERY


class PresenceStore:
    """The presence of one server's connections, and everyone's as read from here."""

    def __init__(self, scripts: ScriptRunner, server_id: str) -> None:
        self._scripts = scripts
        self._server_id = server_id

    def beat(self, rooms: Mapping[RoomId, Sequence[PresenceEntry]]) -> None:
        """Move the deadlines of these connections ahead, in one round trip; who is new is announced."""
        calls = [_call(room_id, "beat", self._told(chunk)) for room_id, entries in rooms.items() for chunk in _chunks(entries)]
        if rooms:
            self._scripts.ask([("SADD", keys.server_rooms(self._server_id), *rooms)])
        self._scripts.run_many(calls)

    def leave(self, room_ids: Iterable[RoomId], user_id: UserId, connection: str) -> None:
        """Take one connection out at once."""
        entry = self._name(user_id, connection)
        self._scripts.run_many([_call(room_id, "leave", [entry]) for room_id in room_ids])

    def who(self, room_ids: Sequence[RoomId]) -> list[list[PersonHere]]:
        """Return, for each room, who is there now, each person once."""
        answers = self._scripts.run_many([_call(room_id, "who", []) for room_id in room_ids])
        return [
            [PersonHere(int(user), status.decode()) for user, status in zip(flat[::2], flat[1::2], strict=True)]
            for flat in answers
        ]

    def mark_active(self, user_ids: Collection[UserId], day: date) -> None:
        """Set these people's bits in the day's bitmap."""
        if not user_ids:
            return
        bits = [part for user_id in user_ids for part in ("SET", "u1", user_id, 1)]
        self._scripts.ask([("BITFIELD", keys.active(day), *bits)])

    def sample(self, user_ids: Collection[UserId], moment: datetime) -> None:
        """Set the bits of who is online here at a moment; a day later they are forgotten."""
        name = keys.sampled(moment)
        bits = [("SETBIT", name, user_id, 1) for user_id in user_ids]
        self._scripts.ask([*bits, ("EXPIRE", name, int(SAMPLES_KEPT.total_seconds()))])

    def renew_lease(self) -> float:
        """Say that this server lives; return Redis's time in seconds since 1970."""
        lease = ("SET", keys.server(self._server_id), "alive", "PX", LEASE_MS)
        *_, (seconds, microseconds) = self._scripts.ask([("SADD", keys.SERVERS, self._server_id), lease, ("TIME",)])
        return int(seconds) + int(microseconds) / 1_000_000

    def bury_dead_servers(self) -> list[str]:
        """Take out the connections of every server whose lease ended; return those servers."""
        known = {server.decode() for server in self._members(keys.SERVERS)}
        others = sorted(known - {self._server_id})
        left = dict(zip(others, self._scripts.ask([("PTTL", keys.server(server)) for server in others]), strict=True))
        # Longer than a lease lasts, since Redis's clock was set back: a server that lives will renew its own.
        self._scripts.ask([("PEXPIRE", keys.server(server), LEASE_MS) for server in others if left[server] > LEASE_MS])
        dead = [server for server in others if left[server] == NO_KEY]
        for server in dead:
            self._bury(server)
        return dead

    def end_lease(self) -> None:
        """Say that this server has gone, after its connections left."""
        self._bury(self._server_id)

    def _bury(self, server: str) -> None:
        room_ids = [int(room_id) for room_id in self._members(keys.server_rooms(server))]
        self._scripts.run_many([_call(room_id, "bury", [server]) for room_id in room_ids])
        # Last, so that a survivor that dies half-way leaves the rest to the next one.
        traces = ("DEL", keys.server(server), keys.server_rooms(server))
        self._scripts.ask([traces, ("SREM", keys.SERVERS, server)])

    def _members(self, name: str) -> list[bytes]:
        [members] = self._scripts.ask([("SMEMBERS", name)])
        return list(members)

    def _told(self, entries: Sequence[PresenceEntry]) -> list[str]:
        return [part for entry in entries for part in (self._name(entry.user, entry.connection), entry.status)]

    def _name(self, user_id: UserId, connection: str) -> str:
        return f"{user_id}|{connection}|{self._server_id}"


def _call(room_id: RoomId, operation: str, about: Sequence[str]) -> Call:
    names = {"online": keys.online(room_id), "away": keys.away(room_id), "present": keys.present(room_id)}
    asked: dict[str, Argument] = {
        "operation": operation,
        "room_id": room_id,
        "events_channel": keys.events(room_id),
        "live_ms": LIVE_MS,
    }
    return Call("presence", names, asked, about)


def _chunks(entries: Sequence[PresenceEntry]) -> Iterable[Sequence[PresenceEntry]]:
    # A script holds up everyone while it runs: some 2 ms for 500 entries.
    return (entries[start : start + ENTRIES_PER_CALL] for start in range(0, len(entries), ENTRIES_PER_CALL))
