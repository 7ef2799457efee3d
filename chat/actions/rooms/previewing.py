"""A glance at rooms before one comes in: how many are here, when something was said last, and the newest lines."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from chat.archive.history import archived_page
from chat.domain.errors import ChatError
from chat.domain.types import Author, RoomId, UserId
from chat.live.live_state import live_state

LINES = 4
# Some of the newest may be deleted, many after a purge: looked for a page at a time, in larger ones each time.
LOOKED_AT = (12, 100, 500)
AFTER_ALL = 2**53


class Glance(NamedTuple):
    """How many people are in a room now, and when its newest message was sent (ms); None where Redis does not answer."""

    here: int | None
    last_sent: int | None


class PreviewLine(msgspec.Struct):
    """A message as a preview shows it; `sent_at` in ms."""

    author: Author
    text: str
    sent_at: int
    deleted: bool = False


_decode = msgspec.json.Decoder(PreviewLine).decode


def glances(room_ids: Sequence[RoomId]) -> list[Glance]:
    """Return one for each room, by a few questions whatever their number."""
    live = live_state()
    try:
        here, last = live.presence.who(room_ids), live.activity.last_sent(room_ids)
    except ChatError:
        return [Glance(None, None)] * len(room_ids)
    return [Glance(len(people), sent_at) for people, sent_at in zip(here, last, strict=True)]


def newest_lines(room_id: RoomId, user_id: UserId) -> list[PreviewLine]:
    """Return the newest lines of a room that the person may read, in order; what is said now comes a second later.

    Raises ChatError unavailable.
    """
    lines: list[PreviewLine] = []
    before = AFTER_ALL
    for size in LOOKED_AT:
        page = archived_page(room_id, user_id, 1, before, size)
        lines = [line for line in map(_decode, page.messages) if not line.deleted] + lines
        before = page.first_seq
        if len(lines) >= LINES or before <= 1:
            break
    return lines[-LINES:]
