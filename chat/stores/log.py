"""A room's messages in order: append, page back."""

from chat.entities import Accepted, Author, HistoryPage, RoomId, UserId
from chat.stores import keys
from chat.stores.answers import refuse, require_this_run
from chat.stores.script import ScriptRunner
from chat.stores.standing import Found, StandingReader

REMEMBER_CLIENT_ID_MS = 48 * 60 * 60 * 1000


class LogStore:
    """The live log of every room. Its methods raise RoomsInEarlierRun, and ChatError for every refusal."""

    def __init__(self, scripts: ScriptRunner, standing: StandingReader) -> None:
        self._scripts = scripts
        self._standing = standing

    def append(self, room_id: RoomId, author: Author, client_id: str, body: bytes, reply_to: int | None) -> Accepted:
        """Number, store and publish a message, on disk when this returns; `body` is its own fields as JSON without braces.

        The same client id of the same author is stored once.
        """
        answer = self._scripts.run(
            "append",
            [
                keys.room(room_id),
                keys.log(room_id),
                keys.members(room_id),
                keys.sanctions(room_id),
                keys.read(room_id),
                keys.sent(room_id, author.id, client_id),
                keys.slow(room_id, author.id),
            ],
            [author.id, room_id, body, keys.events(room_id), REMEMBER_CLIENT_ID_MS, "" if reply_to is None else reply_to],
        )
        require_this_run([room_id], [answer])
        if answer[0] == b"refused":
            refuse(answer)
        return Accepted(int(answer[1]), answer[2].decode(), int(answer[3]), answer[0] == b"duplicate")

    def history(self, room_id: RoomId, user_id: UserId, low: int, high: int | None, limit: int) -> HistoryPage:
        """Return the newest `limit` messages with `low` <= seq < `high` (None: to the end) of the live log, as they stand."""
        answer = self._scripts.run(
            "history",
            [keys.room(room_id), keys.log(room_id), keys.members(room_id), keys.amended(room_id)],
            [user_id, low, "" if high is None else high, limit],
        )
        require_this_run([room_id], [answer])
        if answer[0] == b"refused":
            refuse(answer)
        _, floor, first_seq, messages, states = answer
        [standing] = self._standing.read(user_id, [Found(room_id, messages, states)])
        return HistoryPage(standing.messages, int(first_seq), int(floor))
