"""Sanctions as the live rooms keep them: for each person lines of `kind end reason`, bans first."""

from collections.abc import Iterable, Sequence

from chat.domain.types import LiveSanction


def lines_of(sanctions: Iterable[LiveSanction]) -> str:
    """Return what a room's hash of sanctions holds for one person."""
    return "\n".join(f"{one.kind} {one.until or 0} {' '.join(one.reason.split())}" for one in sanctions)


def holding(lines: bytes, now: float) -> LiveSanction | None:
    """Return what holds of such lines now (ms since 1970, by Redis's clock), bans first; the same as a script finds."""
    for line in lines.splitlines():
        kind, ends, reason = (line + b"  ").split(b" ", 2)
        if int(ends) == 0 or int(ends) > now:
            return parse_sanction([kind, ends, reason.strip()])
    return None


def parse_sanction(parts: Sequence[bytes]) -> LiveSanction | None:
    """Return what a script found to hold now: kind, end and reason, or nothing."""
    if not parts:
        return None
    kind, ends, reason = (part.decode() for part in parts)
    return LiveSanction(kind, int(ends) or None, reason)  # type: ignore[arg-type]  # we wrote it ourselves
