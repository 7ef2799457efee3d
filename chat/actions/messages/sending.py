"""Sending messages and reading them back. No SQL on the way from a key press to the other people's screens."""

from collections.abc import Sequence
from zlib import crc32

import msgspec
from msgspec.structs import replace

from accounts.server_settings import known
from bounds.pause import TimeSlices
from chat.actions import limits
from chat.actions.moderation import moderation_filter
from chat.archive.history import archived_page
from chat.domain.errors import ChatError, Withheld, WordListChanged, unavailable
from chat.domain.mentions import named_in
from chat.domain.protocol import History, Send
from chat.domain.text import clean_text
from chat.domain.types import Accepted, Author, HistoryPage, UserId
from chat.domain.word_filter import APPROVED, Judgement
from chat.live.live_state import live_state
from chat.live.messages.log import Draft, Outcome, Pace
from chat.sync.retry import retry_after_recovery

# A list that changes while it is asked about is asked about again.
ATTEMPTS = 3

_encode = msgspec.json.Encoder().encode


class _Body(msgspec.Struct, omit_defaults=True):
    """A message's own fields; the room, seq, epoch and time are given by the log."""

    client_id: str
    author: Author
    text: str
    kind: str
    reply_to: int | None = None


def send_messages(author: Author, requests: Sequence[Send], newcomer_until: float = 0) -> list[Accepted | ChatError]:
    """Store messages in order and publish them to their rooms, in one round trip; what is accepted is on disk.

    One refusal stops none of the others.
    """
    outcomes = _drafts(author, requests, newcomer_until)
    for _ in range(ATTEMPTS):
        drafts = {index: outcome for index, outcome in enumerate(outcomes) if isinstance(outcome, Draft)}
        if not drafts:
            break
        for index, outcome in zip(drafts, _append(author, list(drafts.values())), strict=True):
            outcomes[index] = _settle(author, requests[index], drafts[index], outcome)
    limits.compare(author.id)
    return [unavailable() if isinstance(outcome, Draft) else outcome for outcome in outcomes]


def send_approved(author: Author, request: Send) -> Accepted:
    """Send what a moderator has agreed to, whatever the word list says; raises ChatError."""
    [outcome] = _append(author, [_as_draft(author, request, request.text, APPROVED)])
    if isinstance(outcome, Accepted):
        return outcome
    raise outcome


def read_history(user_id: UserId, request: History) -> HistoryPage:
    """Return a page before a seq, around one, or the newest; raises ChatError to who is not a member."""
    low, high = 1, request.before
    if request.around is not None:
        low = max(1, request.around - request.limit // 2)
        high = low + request.limit
    # Redis decides who may read, whichever store then holds the page.
    page = retry_after_recovery(lambda: live_state().log.history(request.room, user_id, low, high, request.limit))
    border, missing = min(page.floor, high or page.floor), request.limit - len(page.messages)
    if missing == 0 or low >= border:
        return page
    older = archived_page(request.room, user_id, low, border, missing)
    return HistoryPage(older.messages + page.messages, older.first_seq, page.floor)


def _append(author: Author, drafts: Sequence[Draft]) -> list[Outcome]:
    pace = Pace(limits.limit("messages"), limits.limit("repeats"))
    # Where one of them finds its room in an earlier run, all are asked again: the client ids tell what is stored already.
    return retry_after_recovery(lambda: live_state().log.append(author, drafts, pace))


def _settle(author: Author, request: Send, draft: Draft, outcome: Outcome) -> Draft | Accepted | ChatError:
    """What becomes of it; a draft is to be asked about once more."""
    if isinstance(outcome, WordListChanged | Withheld) or (isinstance(outcome, Accepted) and outcome.flagged):
        # What moderators see, and agree to, is what would be sent: without control characters, and no longer than allowed.
        request = replace(request, text=clean_text(request.text, known("message_max_chars")))
    if isinstance(outcome, WordListChanged):
        live_state().word_lists.learn(request.room, outcome.rules)
        judgement = live_state().word_lists.judge(request.room, request.text)
        return draft._replace(judgement=judgement, is_counted=True)
    if isinstance(outcome, Withheld):
        refuses = draft.judgement.effect == "refuse"
        return (
            moderation_filter.unwelcome(draft.judgement)
            if refuses
            else moderation_filter.hold(author.id, request, draft.judgement)
        )
    if isinstance(outcome, Accepted) and outcome.flagged:
        moderation_filter.flag(author.id, request.room, outcome.seq, request.text, draft.judgement)
    return outcome


def _drafts(author: Author, requests: Sequence[Send], newcomer_until: float) -> list[Draft | Accepted | ChatError]:
    slices = TimeSlices()
    outcomes: list[Draft | Accepted | ChatError] = []
    for request in requests:
        outcomes.append(_draft(author, request, newcomer_until))
        slices.rest()  # 60 that are judged by 400 rules would be a second
    return outcomes


def _draft(author: Author, request: Send, newcomer_until: float) -> Draft | ChatError:
    """The sender pays first: what is refused for being too much costs nothing more than that."""
    try:
        limits.spend_on_message(author.id, request.text)
        text = clean_text(request.text, known("message_max_chars"))
        if newcomer_until:
            moderation_filter.screen_newcomer(text, newcomer_until)
    except ChatError as error:
        return error
    return _as_draft(author, request, text, live_state().word_lists.judge(request.room, text))


def _as_draft(author: Author, request: Send, text: str, judgement: Judgement) -> Draft:
    body = _encode(_Body(request.client_id, author, text, "text", request.reply_to))[1:-1]
    # The same again is the same in capitals, too.
    said = f"{crc32(text.casefold().encode()):x}"
    return Draft(request.room, request.client_id, body, request.reply_to, named_in(text), said, judgement)
