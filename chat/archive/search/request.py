"""What an index is asked, and what it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from chat.archive.search.query import Phrase
from chat.archive.search.terms import NO_WORDS, IndexEntry, WordsByText
from chat.archive.search.traits import Trait
from chat.domain.types import RoomId, UserId


@dataclass(frozen=True)
class Wanted:
    """Messages that have all phrases and traits, in one of the rooms (None: in any), by one of the authors (empty: by anyone).

    `mentioned`: one of these people is (empty: anyone or nobody); `everyone`, beside them: or all of the room.
    `since` and `until`, if there are, in ms: from the one until before the other. `after` is where an earlier answer ended.
    """

    phrases: Sequence[Phrase] = ()
    rooms: Sequence[RoomId] | None = None
    authors: Sequence[UserId] = ()
    traits: Sequence[Trait] = ()
    mentioned: Sequence[UserId] = ()
    everyone: bool = False
    is_edited: bool = False
    since: int | None = None
    until: int | None = None
    after: str = ""
    limit: int = 20


class SearchMatches(NamedTuple):
    """The ids of messages, newest first, and where to go on; `end` is empty when there are no more."""

    ids: list[int]
    end: str


def every(message_id: int) -> bool:
    """Say of every message that it is in the index: there is no rebuild."""
    return True


class SearchIndex(Protocol):
    """An index of archived messages. What is changed is changed in the caller's transaction."""

    def put(self, entries: Sequence[IndexEntry], known: WordsByText = NO_WORDS) -> None:
        """Make these findable; what was put as something else must be removed first. `known` has the words of some texts."""

    def remove(self, entries: Sequence[IndexEntry], known: WordsByText = NO_WORDS) -> None:
        """Make these impossible to find: as they were put, since an index does not store its entries."""

    def forget_deleted(self, most: int, is_indexed: Callable[[int], bool] = every) -> int:
        """Remove at most so many messages that were deleted from the archive itself; return how many there were."""

    def begin_rebuild(self) -> None:
        """Empty the index, in a way that suits filling it with everything."""

    def end_rebuild(self) -> None:
        """Complete the index after everything was put into it."""

    def find(self, wanted: Wanted) -> SearchMatches:
        """Return one page; raises bad_request for an `after` that is none of ours, unavailable when it takes too long."""


# An edit leaves its time in the amendment's JSON; within a text of it, the quotes would be escaped.
EDITED = "message.amendment LIKE '%%\"edited_at\":%%'"


def mentioning(wanted: Wanted, one_of: str) -> str:
    """Return the ids of messages that mention somebody who is wanted, in SQL; `one_of` says in which list their id is."""
    everyone = " OR mention.user_id IS NULL" if wanted.everyone else ""
    return f"""
        SELECT message.id FROM chat_mention AS mention JOIN chat_message AS message
        ON message.room_id = mention.room_id AND message.seq = mention.seq WHERE (mention.user_id {one_of}{everyone})
    """  # noqa: S608  # both parts are ours
