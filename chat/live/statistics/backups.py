"""What all processes know of the backups that the server makes by itself."""

from typing import NamedTuple

import redis

from chat.live.redis import keys
from chat.live.redis.client import answering
from chat.live.redis.scripts import ScriptRunner

# Renewed every second while a backup is made.
LEASE_MS = 30_000


class LastBackup(NamedTuple):
    """When the last one was made, of how many bytes; when one failed since, with the reason; when the next is due.

    Times in seconds since 1970. `due_at` is what the server's own schedule says.
    """

    made_at: float | None = None
    size: int = 0
    failed_at: float | None = None
    error: str = ""
    due_at: float | None = None


class BackupStore:
    """The lease of the process that makes one, and how the last one went."""

    def __init__(self, client: redis.Redis, scripts: ScriptRunner) -> None:
        self._client = client
        self._scripts = scripts

    def hold_lease(self, token: str) -> bool:
        """Take or keep the lease; False while another process holds it."""
        return bool(self._scripts.run("lease", {"lease": keys.BACKUP_LEASE}, {"holder": token, "ms": LEASE_MS}))

    def release_lease(self, token: str) -> None:
        """Let another process follow at once."""
        self._scripts.run("lease", {"lease": keys.BACKUP_LEASE}, {"holder": token, "ms": 0})

    def note_made(self, made_at: float, size: int) -> None:
        """A backup was made and checked, by the schedule or by hand."""
        with answering():
            self._client.hset(keys.BACKUPS, mapping={"made_at": f"{made_at:.3f}", "size": size})

    def note_success(self) -> None:
        """The schedule made one: an earlier failure is over."""
        with answering():
            self._client.hdel(keys.BACKUPS, "failed_at", "error")

    def note_failure(self, now: float, error: str) -> None:
        """The schedule made none, for this reason."""
        with answering():
            self._client.hset(keys.BACKUPS, mapping={"failed_at": f"{now:.3f}", "error": error})

    def note_due(self, due_at: float) -> None:
        """When the schedule makes the next one."""
        with answering():
            self._client.hset(keys.BACKUPS, "due_at", f"{due_at:.3f}")

    def last(self) -> LastBackup:
        """Return how the last ones went."""
        with answering():
            found = self._client.hmget(keys.BACKUPS, LastBackup._fields)
        made_at, size, failed_at, error, due_at = (None if value is None else _text(value) for value in found)
        return LastBackup(_number(made_at), int(size or 0), _number(failed_at), error or "", _number(due_at))


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
