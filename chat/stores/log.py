"""A room's messages in order: append, page back."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from chat.entities import Accepted, Author, HistoryPage, RoomId, UserId
from chat.errors import ChatError
from chat.stores import keys
from chat.stores.answers import refusal, refuse, require_this_run
from chat.stores.script import Call, ScriptRunner
from chat.stores.standing import Found, StandingReader

REMEMBER_CLIENT_ID_MS = 48 * 60 * 60 * 1000


class Draft(NamedTuple):
    """A message that is not in its room yet; `body` is its own fields as JSON without braces."""

    room_id: RoomId
    client_id: str
    body: bytes
    reply_to: int | None = None


class LogStore:
    """The live log of every room. Its methods raise RoomsInEarlierRun, and ChatError for every refusal."""

    def __init__(self, scripts: ScriptRunner, standing: StandingReader) -> None:
        self._scripts = scripts
        self._standing = standing

    def append(self, author: Author, drafts: Sequence[Draft]) -> list[Accepted | ChatError]:
        """Number, store and publish messages in order, on disk when this returns; each is accepted or refused by itself.

        The same client id of the same author is stored once in a room.
        """
        answers = self._scripts.run_many([_append(author, draft) for draft in drafts])
        require_this_run([draft.room_id for draft in drafts], answers)
        return [refusal(answer) if answer[0] == b"refused" else _accepted(answer) for answer in answers]

    def history(self, room_id: RoomId, user_id: UserId, low: int, high: int | None, limit: int) -> HistoryPage:
        """Return the newest `limit` messages with `low` <= seq < `high` (None: to the end) of the live log, as they stand."""
        answer = self._scripts.run(
            "history",
            [keys.room(room_id), keys.log(room_id), keys.members(room_id), keys.amended(room_id), keys.sanctions(room_id)],
            [user_id, low, "" if high is None else high, limit],
        )
        require_this_run([room_id], [answer])
        if answer[0] == b"refused":
            refuse(answer)
        _, floor, first_seq, messages, states = answer
        [standing] = self._standing.read(user_id, [Found(room_id, messages, states)])
        return HistoryPage(standing.messages, int(first_seq), int(floor))


def _append(author: Author, draft: Draft) -> Call:
    room_id = draft.room_id
    names = [
        keys.room(room_id),
        keys.log(room_id),
        keys.members(room_id),
        keys.sanctions(room_id),
        keys.read(room_id),
        keys.sent(room_id, author.id, draft.client_id),
        keys.slow(room_id, author.id),
    ]
    reply_to = "" if draft.reply_to is None else draft.reply_to
    return Call("append", names, [author.id, room_id, draft.body, keys.events(room_id), REMEMBER_CLIENT_ID_MS, reply_to])


def _accepted(answer: Sequence[Any]) -> Accepted:
    return Accepted(int(answer[1]), answer[2].decode(), int(answer[3]), answer[0] == b"duplicate")
