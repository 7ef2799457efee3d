"""What members want to be told, as Redis holds it: "all", "nothing muted", "all 12", and nothing for the usual mentions."""

from chat.domain.types import Notifications

_USUAL = Notifications("mentions")


def written(notifications: Notifications) -> str:
    """Return the hash's value, "" for what is not stored."""
    if notifications == _USUAL:
        return ""
    parts = [notifications.level, "muted" if notifications.muted else "", str(notifications.hidden or "")]
    return " ".join(part for part in parts if part)


def as_written(value: bytes) -> Notifications:
    """Return what a value of the hash, or its absence as b"", means."""
    level, *more = value.decode().split() or [""]
    hidden = int(more[-1]) if more and more[-1].isdigit() else 0
    return Notifications(level, "muted" in more, hidden) if level else _USUAL  # type: ignore[arg-type]
