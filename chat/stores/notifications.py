"""What members want to be told, as Redis holds it: "all", "nothing muted", and nothing at all for the usual mentions."""

from chat.entities import Notifications

_USUAL = Notifications("mentions")


def written(notifications: Notifications) -> str:
    """Return the hash's value, "" for what is not stored."""
    if notifications == _USUAL:
        return ""
    return f"{notifications.level} muted" if notifications.muted else notifications.level


def as_written(value: bytes) -> Notifications:
    """Return what a value of the hash, or its absence as b"", means."""
    level, _, muted = value.decode().partition(" ")
    return Notifications(level, bool(muted)) if level else _USUAL  # type: ignore[arg-type]
