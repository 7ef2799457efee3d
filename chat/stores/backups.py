"""What all processes know of the backups that the server makes by itself."""

from typing import NamedTuple

import redis

from chat.stores import keys
from chat.stores.connection import answering
from chat.stores.script import ScriptRunner

# Renewed every second while a backup is made.
LEASE_MS = 30_000


class LastBackup(NamedTuple):
    """When the last one succeeded, and when one failed since, with the reason; seconds since 1970."""

    made_at: float | None
    failed_at: float | None
    error: str


class BackupStore:
    """The lease of the process that makes one, and how the last one went."""

    def __init__(self, client: redis.Redis, scripts: ScriptRunner) -> None:
        self._client = client
        self._scripts = scripts

    def hold_lease(self, token: str) -> bool:
        """Take or keep the lease; False while another process holds it."""
        return bool(self._scripts.run("lease", [keys.BACKUP_LEASE], [token, LEASE_MS]))

    def release_lease(self, token: str) -> None:
        """Let another process follow at once."""
        self._scripts.run("lease", [keys.BACKUP_LEASE], [token, 0])

    def note_success(self, now: float) -> None:
        """A backup was made and checked."""
        with answering(), self._client.pipeline() as pipeline:
            pipeline.hset(keys.BACKUPS, "made_at", f"{now:.3f}")
            pipeline.hdel(keys.BACKUPS, "failed_at", "error")
            pipeline.execute()

    def note_failure(self, now: float, error: str) -> None:
        """None was made, for this reason."""
        with answering():
            self._client.hset(keys.BACKUPS, mapping={"failed_at": f"{now:.3f}", "error": error})

    def last(self) -> LastBackup:
        """Return how the last ones went."""
        with answering():
            found = self._client.hmget(keys.BACKUPS, ["made_at", "failed_at", "error"])
        made_at, failed_at, error = (None if value is None else _text(value) for value in found)
        return LastBackup(float(made_at) if made_at else None, float(failed_at) if failed_at else None, error or "")


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
