"""Names of keys and channels. A room's keys share the hash tag `{id}`, so that one script can touch them all on Redis Cluster.

With REDIS_PREFIX every name begins with it, so that two installations can share a database.
"""

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from redis.connection import parse_url

from chat.domain.types import RoomId, UserId

_PREFIX = f"{settings.REDIS_PREFIX}:" if settings.REDIS_PREFIX else ""


def _database(url: str) -> int:
    """Return the number of the database in Redis; 0 where the address is wrong, which connecting to it reports."""
    try:
        return int(parse_url(url).get("db", 0))
    except ValueError:
        return 0


# Redis delivers what is published in one database to the subscribers of all: a channel carries the number of its own.
_CHANNELS = f"{_PREFIX}{number}:" if (number := _database(settings.REDIS_URL)) else _PREFIX

# Written for a second by who looks whether Redis gives us our rights.
PROBE = f"{_PREFIX}probe"
# The id of the installation whose live state this is.
INSTALLATION = f"{_PREFIX}installation"
SERVERS = f"{_PREFIX}servers"
CONTROL = f"{_CHANNELS}chat:control"
# The run of Redis in which all rooms were last checked against the record and the archive.
LIVE_RUN = f"{_PREFIX}live:run"
# The live state's own name: the record says which one serves it.
LIVE_STATE = f"{_PREFIX}live:id"
ARCHIVER = f"{_PREFIX}archiver"
ARCHIVE_LAG = f"{_PREFIX}archive:lag"
# Set: the rooms whose messages, amendments or read markers changed since the archiver last took them from it.
CHANGED = f"{_PREFIX}archive:changed"
# Hash: when the server's own backup last succeeded, and when and why one failed since.
BACKUPS = f"{_PREFIX}backups"
BACKUP_LEASE = f"{_PREFIX}backups:lease"
# A pattern: every key of every room.
ROOMS = f"{_PREFIX}room:*"
# Hash: what all processes count, since the live state was last empty.
METRICS = f"{_PREFIX}metrics"

# Keys that scripts build, too, with what follows the room's name; after a colon there the id of a person or a message follows.
BUILT_IN_SCRIPTS = {
    "deleted": ":deleted",
    "mentions": ":mentions:",
    "own": ":own:",
    "reactions": ":reactions:",
    "blocks": ":blocks",
}

# The names that every message needs: formatting them again took 1.5 of the 22 microseconds that sending costs this process.
_remembered = lru_cache(maxsize=8_192)


@_remembered
def room(room_id: RoomId) -> str:
    return f"{_PREFIX}room:{{{room_id:d}}}"


@_remembered
def log(room_id: RoomId) -> str:
    return f"{room(room_id)}:log"


@_remembered
def amended(room_id: RoomId) -> str:
    """Hash: seq -> how that message was changed since it was sent."""
    return f"{room(room_id)}:amended"


def revisions(room_id: RoomId) -> str:
    """Sorted set: seq scored by the rev at which it last changed."""
    return f"{room(room_id)}:revisions"


def cold(room_id: RoomId) -> str:
    """Hash: seq -> an archived message that is being amended."""
    return f"{room(room_id)}:cold"


def reactions(room_id: RoomId, seq: int) -> str:
    """Hash: `emoji|user` -> when, in ms."""
    return _built("reactions", room_id, seq)


@_remembered
def members(room_id: RoomId) -> str:
    return f"{room(room_id)}:members"


@_remembered
def handles(room_id: RoomId) -> str:
    """Hash: `@handle` -> user, and user -> handle, of the members."""
    return f"{room(room_id)}:handles"


def blocks(room_id: RoomId) -> str:
    """Hash: user -> the members who block them, `ever/<user>` -> and those who did; each id between spaces."""
    return _built("blocks", room_id)


def notifications(room_id: RoomId) -> str:
    """Hash: user -> what they want to be told, where that is more or less than mentions."""
    return f"{room(room_id)}:notifications"


def turns(room_id: RoomId) -> str:
    """Hash: user -> how often they have moved their read marker back."""
    return f"{room(room_id)}:turns"


def mentions(room_id: RoomId, user_id: UserId) -> str:
    """Sorted set: the messages that name somebody, by seq; of user 0, those that name everyone, of -42, 42's own of these."""
    return _built("mentions", room_id, user_id)


def own(room_id: RoomId, user_id: UserId) -> str:
    """Sorted set: what somebody wrote above their own read marker, by seq."""
    return _built("own", room_id, user_id)


def deleted(room_id: RoomId) -> str:
    """Sorted set: the deleted ones of the newest messages, by seq."""
    return _built("deleted", room_id)


@_remembered
def sanctions(room_id: RoomId) -> str:
    return f"{room(room_id)}:sanctions"


@_remembered
def read(room_id: RoomId) -> str:
    return f"{room(room_id)}:read"


def online(room_id: RoomId) -> str:
    """Sorted set: `user|connection|server` scored by its deadline."""
    return f"{room(room_id)}:online"


def away(room_id: RoomId) -> str:
    """Set: those entries of `online` whose connection is away."""
    return f"{room(room_id)}:away"


def present(room_id: RoomId) -> str:
    """Hash: user -> entries in `online`, user:active -> those not away; spares a scan of `online` at every change."""
    return f"{room(room_id)}:present"


def sent(room_id: RoomId, user_id: UserId, client_id: str) -> str:
    return f"{room(room_id)}:sent:{user_id:d}:{client_id}"


def slow(room_id: RoomId, user_id: UserId) -> str:
    """String that lives as long as slow mode keeps the member waiting."""
    return f"{room(room_id)}:slow:{user_id:d}"


@_remembered
def pace(room_id: RoomId, user_id: UserId) -> str:
    """String: when a member's bucket of messages is full, what they said last, how often, until when that counts."""
    return f"{room(room_id)}:pace:{user_id:d}"


def pace_of_changes(room_id: RoomId, user_id: UserId) -> str:
    """String: when a member's bucket of edits, deletions and reactions is full, in ms."""
    return f"{room(room_id)}:pace:{user_id:d}:changes"


@_remembered
def events(room_id: RoomId) -> str:
    return f"{_CHANNELS}room:{{{room_id:d}}}:events"


def user_events(user_id: UserId) -> str:
    return f"{_CHANNELS}user:{{{user_id:d}}}:events"


def user_limit(user_id: UserId, name: str) -> str:
    """String: when the person's bucket of this name is full, in ms."""
    return f"{_PREFIX}user:{{{user_id:d}}}:limit:{name}"


def server(server_id: str) -> str:
    return f"{_PREFIX}server:{server_id}"


def server_rooms(server_id: str) -> str:
    """Set: the rooms in which a server has connections, so that its death can be told in each of them."""
    return f"{_PREFIX}server:{server_id}:rooms"


def checking(token: str) -> str:
    """String: a check of all rooms is under way; gone if Redis was emptied meanwhile."""
    return f"{_PREFIX}live:checking:{token}"


def active(day: date) -> str:
    return f"{_PREFIX}active:{day.isoformat()}"


def sampled(moment: datetime) -> str:
    """Bitmap: who was online at a moment at which all processes looked."""
    return f"{_PREFIX}online:{moment:%Y-%m-%dT%H:%M}"


def database_size(vendor: str, day: date) -> str:
    """String: how many bytes the database of this kind had that day."""
    return f"{_PREFIX}database:{vendor}:{day.isoformat()}"


def metrics_of(day: date) -> str:
    """Hash: `hour|what` -> how often, what all processes counted that day (UTC)."""
    return f"{METRICS}:{day.isoformat()}"


def _built(name: str, room_id: RoomId, of: int | str = "") -> str:
    return f"{room(room_id)}{BUILT_IN_SCRIPTS[name]}{of}"
