"""Changes of messages that were sent: edit, delete, restore, react. Each is one script."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

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
from chat.live.redis.calls import Argument, Call
from chat.live.redis.scripts import ScriptRunner

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
        about: dict[str, Argument] = {
            "text": text,
            "most_edits": MOST_EDITS,
            "list_id": judgement.list_id,
            "verdict": judgement.effect,
        }
        return self._amend("edit", room_id, user_id, seq, epoch, about, limit=limit, more=naming(named))

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
        about = {"restores_authors": "1" if restores_authors else ""}
        return self._amend("restore", room_id, user_id, seq, epoch, about, moderates=moderates, limit=limit)

    def react(
        self, room_id: RoomId, user_id: UserId, seq: int, emoji: str, on: bool, limit: Limit = NO_LIMIT, epoch: str = ""
    ) -> int:
        """Put a member's reaction there, or take it off."""
        about: dict[str, Argument] = {
            "emoji": emoji,
            "on": "1" if on else "0",
            "most_emoji": MOST_EMOJI,
            "most_named": NAMED_PEOPLE,
        }
        return self._amend("react", room_id, user_id, seq, epoch, about, limit=limit)

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
        about: Mapping[str, Argument] = {},
        moderates: bool = False,
        limit: Limit = NO_LIMIT,
        more: Sequence[Argument] = (),
    ) -> int:
        asked = asking(room_id, user_id, f"{seq} {epoch}" if epoch else seq, moderates, limit)
        answer = self._scripts.run(script, amended_keys(room_id, user_id, seq), {**asked, **about}, more)
        require_this_run([room_id], [answer])
        _refuse(script, answer)
        return int(answer.rev)


def amended_keys(room_id: RoomId, user_id: UserId, seq: int) -> dict[str, str]:
    """Return the keys that every script needs that amends messages."""
    return {
        "room": keys.room(room_id),
        "log": keys.log(room_id),
        "members": keys.members(room_id),
        "sanctions": keys.sanctions(room_id),
        "amended": keys.amended(room_id),
        "revisions": keys.revisions(room_id),
        "cold": keys.cold(room_id),
        "reactions": keys.reactions(room_id, seq),
        "handles": keys.handles(room_id),
        "read": keys.read(room_id),
        "pace_of_changes": keys.pace_of_changes(room_id, user_id),
    }


def asking(room_id: RoomId, user_id: UserId, seq: Argument, moderates: bool, limit: Limit) -> dict[str, Argument]:
    """Return the arguments that all of them take."""
    return {
        "user": user_id,
        "room_id": room_id,
        "seq": seq,
        "events_channel": keys.events(room_id),
        "moderates": "1" if moderates else "",
        "most_changes": limit.most,
        "changes_ms": limit.period_ms,
    }


def _refuse(script: Amending, answer: Any) -> None:
    if answer.status == b"rules":
        raise WordListChanged(answer.list)
    if answer.status == b"withheld":
        raise Withheld
    if answer.status == b"cold":
        raise MessageIsArchived
    if answer.status == b"others":
        raise WrittenByAnother(int(answer.author), answer.text.decode(), int(answer.deleted_by) if answer.deleted_by else None)
    if answer.status == b"refused":
        if answer.code == b"conflict":
            raise ChatError(Code.CONFLICT, _TOO_MANY[script])
        refuse(answer)


def _warm(room_id: RoomId, archived: Archived) -> Call:
    names = {
        "amended": keys.amended(room_id),
        "cold": keys.cold(room_id),
        "reactions": keys.reactions(room_id, archived.seq),
    }
    about: dict[str, Argument] = {"seq": archived.seq, "message": archived.message, "state": archived.state}
    return Call("warm", names, about, [part for pair in archived.reactions.items() for part in pair])
