"""Who blocks whom in a room, as its scripts take it: ids between spaces, so that ` 42 ` is found in them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chat.domain.types import UserId


class Blocks(NamedTuple):
    """The members of a room who block a person, and those whom the person blocks."""

    blockers: Sequence[UserId]
    blocked: Sequence[UserId]


NO_BLOCKS = Blocks((), ())


def ids_of(user_ids: Iterable[UserId]) -> str:
    """Return what a room's hash of blocks holds for one person, "" for nobody."""
    ids = " ".join(map(str, sorted(user_ids)))
    return f" {ids} " if ids else ""
