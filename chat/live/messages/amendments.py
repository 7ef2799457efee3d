"""Changes of messages that were sent: edit, delete, restore, react. Each is one script."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from chat.domain.errors import ChatError, Code, MessageIsArchived, Withheld, WordListChanged, WrittenByAnother
from chat.domain.mentions import NOBODY, Named
from chat.domain.types import RoomId, UserId
from chat.domain.word_filter import NOT_JUDGED, Judgement
from chat.live.limits import NO_LIMIT, Limit
from chat.live.messages.mention_arguments import naming
from chat.live.redis import keys
from chat.live.redis.answers import refuse, require_this_run
from chat.live.redis.scripts import Argument, Call, ScriptRunner

MOST_EDITS = 50
MOST_EMOJI = 20
NAMED_PEOPLE = 5

Amending = Literal["edit", "delete", "restore", "react"]
_TOO_MANY = {
    "edit": format_lazy(gettext_lazy("A message can be edited {most} times."), most=MOST_EDITS),
    "react": format_lazy(gettext_lazy("A message can have at most {most} different reactions."), most=MOST_EMOJI),
}


class Archived(NamedTuple):
    """An archived message, the JSON of its amendment state or b"", and `emoji|user` -> when in ms."""

    seq: int
    message: bytes
    state: bytes
    reactions: Mapping[str, int]


class AmendmentStore:
    """The scripts that amend a message. All return the room's rev and raise ChatError, or MessageIsArchived to be warmed.

    What `moderates` says was asked of the record: then nothing more is asked of who acts. With an `epoch`, a message that was
    sent in another is not found.
    """

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def edit(
        self,
        room_id: RoomId,
        user_id: UserId,
        seq: int,
        text: str,
        named: Named = NOBODY,
        judgement: Judgement = NOT_JUDGED,
        limit: Limit = NO_LIMIT,
        epoch: str = "",
    ) -> int:
        """Change the author's own text, and with it whom it names; the same text again changes nothing.

        Raises Withheld and WordListChanged, too.
        """
        more: list[Argument] = [text, MOST_EDITS, judgement.list_id, judgement.effect, *naming(named)]
        return self._amend("edit", room_id, user_id, seq, epoch, more, limit=limit)

    def delete(
        self, room_id: RoomId, user_id: UserId, seq: int, moderates: bool = False, limit: Limit = NO_LIMIT, epoch: str = ""
    ) -> int:
        """Take a message from every screen; raises WrittenByAnother."""
        return self._amend("delete", room_id, user_id, seq, epoch, moderates=moderates, limit=limit)

    def restore(
        self,
        room_id: RoomId,
        user_id: UserId,
        seq: int,
        moderates: bool = False,
        limit: Limit = NO_LIMIT,
        epoch: str = "",
        restores_authors: bool = False,
    ) -> int:
        """Bring it back; with `restores_authors` also what its author deleted. Raises WrittenByAnother."""
        more = ["1" if restores_authors else ""]
        return self._amend("restore", room_id, user_id, seq, epoch, more, moderates=moderates, limit=limit)

    def react(
        self, room_id: RoomId, user_id: UserId, seq: int, emoji: str, on: bool, limit: Limit = NO_LIMIT, epoch: str = ""
    ) -> int:
        """Put a member's reaction there, or take it off."""
        more = [emoji, "1" if on else "0", MOST_EMOJI, NAMED_PEOPLE]
        return self._amend("react", room_id, user_id, seq, epoch, more, limit=limit)

    def warm(self, room_id: RoomId, archived: Sequence[Archived]) -> None:
        """Bring archived messages within reach."""
        self._scripts.run_many([_warm(room_id, one) for one in archived])

    def _amend(
        self,
        script: Amending,
        room_id: RoomId,
        user_id: UserId,
        seq: int,
        epoch: str,
        more: Sequence[Argument] = (),
        moderates: bool = False,
        limit: Limit = NO_LIMIT,
    ) -> int:
        common: list[Argument] = [
            user_id,
            room_id,
            f"{seq} {epoch}" if epoch else seq,
            keys.events(room_id),
            "1" if moderates else "",
            *limit,
        ]
        answer = self._scripts.run(script, amended_keys(room_id, user_id, seq), [*common, *more])
        require_this_run([room_id], [answer])
        if answer[0] == b"rules":
            raise WordListChanged(answer[1])
        if answer[0] == b"withheld":
            raise Withheld
        if answer[0] == b"cold":
            raise MessageIsArchived
        if answer[0] == b"others":
            raise WrittenByAnother(int(answer[1]), answer[2].decode(), int(answer[3]) if answer[3] else None)
        if answer[0] == b"refused":
            if answer[1] == b"conflict":
                raise ChatError(Code.CONFLICT, _TOO_MANY[script])
            refuse(answer)
        return int(answer[1])


def amended_keys(room_id: RoomId, user_id: UserId, seq: int) -> list[str]:
    """Return the keys that every script needs that amends messages."""
    return [
        keys.room(room_id),
        keys.log(room_id),
        keys.members(room_id),
        keys.sanctions(room_id),
        keys.amended(room_id),
        keys.revisions(room_id),
        keys.cold(room_id),
        keys.reactions(room_id, seq),
        keys.handles(room_id),
        keys.read(room_id),
        keys.pace_of_changes(room_id, user_id),
    ]


def _warm(room_id: RoomId, archived: Archived) -> Call:
    names = [keys.amended(room_id), keys.cold(room_id), keys.reactions(room_id, archived.seq)]
    reactions = [part for pair in archived.reactions.items() for part in pair]
    return Call("warm", names, [archived.seq, archived.message, archived.state, *reactions])
