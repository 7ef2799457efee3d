"""What a process must have to serve: its two stores as promised, an archive that keeps up, and room on the disk."""

import shutil
from collections.abc import Mapping

from django.conf import settings
from django.db import Error
from django.db import connections as databases

from chat.domain.errors import ChatError
from chat.live.live_state import live_state
from chat.live.redis.durability import UNKNOWN, broken_promises
from chat.live.redis.ownership import ForeignRedis
from chat.models import Room
from chat.sync.recovery import is_checked
from project.health.readiness import OK, RECOVERING, UNAVAILABLE, WAIVED, Check
from project.sqlite.damage import damage_seen

# Redis rewrites its log beside the old one, and SQLite its write-ahead log: below this neither may have room to.
LEAST_FREE_BYTES = 100_000_000
# Everyone can be served while the archive is behind; Redis grows, and search misses what is new.
MOST_LAG_SECONDS = 60.0


def all_checks() -> Mapping[str, Check]:
    """Return the checks by the names that `/readyz` shows."""
    return {"redis": redis, "durability": durability, "rooms": rooms, "database": database, "archive": archive, "disk": disk}


def redis() -> str:
    """Whether Redis answers, takes writes, and holds this installation's live state."""
    try:
        return OK if live_state().health.takes_writes() else UNAVAILABLE
    except ChatError as error:
        return "foreign" if isinstance(error.__cause__, ForeignRedis) else UNAVAILABLE


def durability() -> str:
    """Whether what Redis acknowledges is on its disk; `unknown` where it does not tell, `waived` by REQUIRE_DURABLE=false."""
    try:
        broken = broken_promises(live_state().client)
    except ChatError:
        return UNAVAILABLE
    if not broken:
        return OK
    if not settings.REQUIRE_DURABLE:
        return WAIVED
    return UNKNOWN if set(broken.values()) == {UNKNOWN} else "broken"


def rooms() -> str:
    """Whether all rooms were checked in this run of Redis; until then each is recovered when it is asked for."""
    try:
        return OK if is_checked() else RECOVERING
    except ChatError:
        return UNAVAILABLE


def database() -> str:
    """Whether the record can be read, by a new connection; `damaged` once any read met a damaged page."""
    try:
        Room.objects.exists()
    except Error:
        return UNAVAILABLE
    finally:
        databases.close_all()
    return "damaged" if damage_seen() else OK


def archive() -> str:
    """Whether an archiver works and keeps up."""
    try:
        lag = live_state().health.archive_lag()
    except ChatError:
        return UNAVAILABLE
    return OK if lag.seconds < MOST_LAG_SECONDS else "behind"


def disk() -> str:
    """Whether DATA_DIR's disk has room left for an ordinary user."""
    return OK if shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE_BYTES else "full"
