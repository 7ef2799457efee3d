"""Sanctions as the live rooms keep them: for each person lines of `kind end reason`, bans first."""

from collections.abc import Iterable, Sequence

from chat.entities import LiveSanction


def lines_of(sanctions: Iterable[LiveSanction]) -> str:
    """Return what a room's hash of sanctions holds for one person."""
    return "\n".join(f"{one.kind} {one.until or 0} {' '.join(one.reason.split())}" for one in sanctions)


def parse_sanction(parts: Sequence[bytes]) -> LiveSanction | None:
    """Return what a script found to hold now: kind, end and reason, or nothing."""
    if not parts:
        return None
    kind, ends, reason = (part.decode() for part in parts)
    return LiveSanction(kind, int(ends) or None, reason)  # type: ignore[arg-type]  # we wrote it ourselves
