"""A room's messages in order: append, page back."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from chat.domain.errors import ChatError, Withheld, WordListChanged
from chat.domain.mentions import NOBODY, Named
from chat.domain.types import Accepted, Author, HistoryPage, RoomId, UserId
from chat.domain.word_filter import NOT_JUDGED, Judgement
from chat.live.limits import NO_LIMIT, Limit
from chat.live.messages.mention_arguments import naming
from chat.live.messages.message_view import StandingReader, StoredMessage
from chat.live.redis import keys
from chat.live.redis.answers import refusal, refuse, require_this_run
from chat.live.redis.calls import Argument, Call
from chat.live.redis.scripts import ScriptRunner

OWN_PER_CALL = 500
REMEMBER_CLIENT_ID_MS = 48 * 60 * 60 * 1000


class Draft(NamedTuple):
    """A message that is not in its room yet; `body` is its own fields as JSON without braces."""

    room_id: RoomId
    client_id: str
    body: bytes
    reply_to: int | None = None
    named: Named = NOBODY
    # By which the same text is known again.
    said: str = ""
    judgement: Judgement = NOT_JUDGED
    # The sender's limits have it already: the script answered with another word list, and it is asked once more.
    is_counted: bool = False


class Pace(NamedTuple):
    """How many messages of one person a room takes, and how often the same one."""

    messages: Limit = NO_LIMIT
    repeats: Limit = NO_LIMIT


# Where nobody counts.
NO_HURRY = Pace()
Outcome = Accepted | ChatError | Withheld | WordListChanged


class OwnMessages(NamedTuple):
    """What a person wrote, by seq; `floor` is the lowest seq of the live log."""

    seqs: list[int]
    floor: int


class _Written(msgspec.Struct):
    seq: int
    author: Author


_decode = msgspec.json.Decoder(_Written).decode


class LogStore:
    """The live log of every room. Its methods raise RoomsInEarlierRun, and ChatError for every refusal."""

    def __init__(self, scripts: ScriptRunner, standing: StandingReader) -> None:
        self._scripts = scripts
        self._standing = standing

    def append(self, author: Author, drafts: Sequence[Draft], pace: Pace = NO_HURRY) -> list[Outcome]:
        """Number, store and publish messages in order, on disk when this returns; each is accepted or refused by itself.

        The same client id of the same author is stored once in a room.
        """
        answers = self._scripts.run_many([_append(author, draft, pace) for draft in drafts])
        require_this_run([draft.room_id for draft in drafts], answers)
        return [_outcome(answer) for answer in answers]

    def history(self, room_id: RoomId, user_id: UserId, low: int, high: int | None, limit: int) -> HistoryPage:
        """Return the newest `limit` messages with `low` <= seq < `high` (None: to the end) of the live log, as they stand."""
        floor, first_seq, messages, states = self._page(room_id, user_id, low, high, limit)
        [standing] = self._standing.read(user_id, [StoredMessage(room_id, messages, states)])
        return HistoryPage(standing.messages, first_seq, floor)

    def own_messages(self, room_id: RoomId, user_id: UserId, above: int, upto: int) -> OwnMessages:
        """Return what somebody wrote with `above` < seq <= `upto`, as far as the live log goes."""
        seqs: list[int] = []
        high = upto + 1
        while True:
            floor, high, messages, _ = self._page(room_id, user_id, above + 1, high, OWN_PER_CALL)
            written = [_decode(message) for message in messages]
            seqs += [message.seq for message in written if message.author.id == user_id]
            if not messages or high <= max(above + 1, floor):
                return OwnMessages(seqs, floor)

    def _page(self, room_id: RoomId, user_id: UserId, low: int, high: int | None, limit: int) -> tuple[int, int, Any, Any]:
        """The log's lowest seq, the first one given, the messages and their amendment states."""
        answer = self._scripts.run(
            "history",
            {
                "room": keys.room(room_id),
                "log": keys.log(room_id),
                "members": keys.members(room_id),
                "amended": keys.amended(room_id),
                "sanctions": keys.sanctions(room_id),
            },
            {"user": user_id, "low": low, "high": "" if high is None else high, "limit": limit},
        )
        require_this_run([room_id], [answer])
        if answer.status == b"refused":
            refuse(answer)
        return int(answer.floor), int(answer.first), answer.messages, answer.states


def _append(author: Author, draft: Draft, pace: Pace) -> Call:
    room_id = draft.room_id
    messages, repeats = NO_HURRY if draft.is_counted else pace
    names = {
        "room": keys.room(room_id),
        "log": keys.log(room_id),
        "members": keys.members(room_id),
        "sanctions": keys.sanctions(room_id),
        "read": keys.read(room_id),
        "sent": keys.sent(room_id, author.id, draft.client_id),
        "slow": keys.slow(room_id, author.id),
        "handles": keys.handles(room_id),
        "pace": keys.pace(room_id, author.id),
    }
    arguments: dict[str, Argument] = {
        "user": author.id,
        "room_id": room_id,
        "body": draft.body,
        "events_channel": keys.events(room_id),
        "remember_ms": REMEMBER_CLIENT_ID_MS,
        "reply_to": "" if draft.reply_to is None else draft.reply_to,
        "most_messages": messages.most,
        "messages_ms": messages.period_ms,
        "said": draft.said,
        "most_repeats": repeats.most,
        "repeats_ms": repeats.period_ms,
        "list_id": draft.judgement.list_id,
        "verdict": draft.judgement.effect,
    }
    return Call("append", names, arguments, naming(draft.named))


def _outcome(answer: Any) -> Outcome:
    if answer.status in (b"ok", b"duplicate"):
        duplicate = answer.status == b"duplicate"
        flagged = not duplicate and answer.flagged == b"1"
        return Accepted(int(answer.seq), answer.epoch.decode(), int(answer.sent_at), duplicate, flagged)
    if answer.status == b"rules":
        return WordListChanged(answer.list)
    return Withheld() if answer.status == b"withheld" else refusal(answer)
