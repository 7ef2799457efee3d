"""Changes of messages that were sent: edit, delete, restore, react. Each is one script."""

from typing import Literal

from chat.entities import RoomId, UserId
from chat.errors import ChatError, Code, MessageIsArchived
from chat.stores import keys
from chat.stores.answers import refuse, require_this_run
from chat.stores.script import Argument, ScriptRunner

MOST_EDITS = 50
MOST_EMOJI = 20
NAMED_PEOPLE = 5

Verb = Literal["edit", "delete", "restore", "react"]
_TOO_MANY = {
    "edit": f"A message can be edited {MOST_EDITS} times.",
    "react": f"A message takes {MOST_EMOJI} different reactions.",
}


class AmendmentStore:
    """The verbs that amend a message. All return the room's rev and raise ChatError, or MessageIsArchived to be warmed."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def edit(self, room_id: RoomId, user_id: UserId, seq: int, text: str) -> int:
        """Change the author's own text; the same text again changes nothing."""
        return self._amend("edit", room_id, user_id, seq, [text, MOST_EDITS])

    def delete(self, room_id: RoomId, user_id: UserId, seq: int) -> int:
        """Take a message from every screen: the author, or who moderates."""
        return self._amend("delete", room_id, user_id, seq)

    def restore(self, room_id: RoomId, user_id: UserId, seq: int) -> int:
        """Bring it back: who deleted it, or who moderates."""
        return self._amend("restore", room_id, user_id, seq)

    def react(self, room_id: RoomId, user_id: UserId, seq: int, emoji: str, on: bool) -> int:
        """Put a member's reaction there, or take it off."""
        return self._amend("react", room_id, user_id, seq, [emoji, "1" if on else "0", MOST_EMOJI, NAMED_PEOPLE])

    def warm(self, room_id: RoomId, seq: int, message: bytes, state: bytes, reactions: dict[str, int]) -> None:
        """Bring an archived message within reach; `reactions` are `emoji|user` -> ms."""
        names = [keys.amended(room_id), keys.cold(room_id), keys.reactions(room_id, seq)]
        self._scripts.run("warm", names, [seq, message, state, *(part for pair in reactions.items() for part in pair)])

    def _amend(self, verb: Verb, room_id: RoomId, user_id: UserId, seq: int, more: list[Argument] | None = None) -> int:
        names = [
            keys.room(room_id),
            keys.log(room_id),
            keys.members(room_id),
            keys.sanctions(room_id),
            keys.amended(room_id),
            keys.revisions(room_id),
            keys.cold(room_id),
            keys.reactions(room_id, seq),
        ]
        answer = self._scripts.run(verb, names, [user_id, room_id, seq, keys.events(room_id), *(more or [])])
        require_this_run([room_id], [answer])
        if answer[0] == b"cold":
            raise MessageIsArchived
        if answer[0] == b"refused":
            if answer[1] == b"conflict":
                raise ChatError(Code.CONFLICT, _TOO_MANY[verb])
            refuse(answer)
        return int(answer[1])
