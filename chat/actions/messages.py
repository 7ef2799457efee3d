"""Sending messages and reading them back. No SQL on the way from a key press to the other people's screens."""

from collections.abc import Sequence

import msgspec
from django.conf import settings

from chat.actions.recovering import recovering
from chat.archive.history import archived_page
from chat.entities import Accepted, Author, HistoryPage, UserId
from chat.errors import ChatError
from chat.events import History, Send
from chat.mentions import named_in
from chat.stores.live import live_state
from chat.stores.log import Draft
from chat.texts import clean_text

_encode = msgspec.json.Encoder().encode


class _Body(msgspec.Struct, omit_defaults=True):
    """A message's own fields; the room, seq, epoch and time are given by the log."""

    client_id: str
    author: Author
    text: str
    kind: str
    reply_to: int | None = None


def send_messages(author: Author, requests: Sequence[Send]) -> list[Accepted | ChatError]:
    """Store messages in order and publish them to their rooms, in one round trip; what is accepted is on disk.

    One refusal stops none of the others.
    """
    drafts = [_draft(author, request) for request in requests]
    worth_asking = [draft for draft in drafts if isinstance(draft, Draft)]
    # Where one of them finds its room in an earlier run, all are asked again: the client ids tell what is stored already.
    stored = iter(recovering(lambda: live_state().log.append(author, worth_asking)) if worth_asking else ())
    return [next(stored) if isinstance(draft, Draft) else draft for draft in drafts]


def read_history(user_id: UserId, request: History) -> HistoryPage:
    """Return a page before a seq, around one, or the newest; raises ChatError to who is not a member."""
    low, high = 1, request.before
    if request.around is not None:
        low = max(1, request.around - request.limit // 2)
        high = low + request.limit
    # Redis decides who may read, whichever store then holds the page.
    page = recovering(lambda: live_state().log.history(request.room, user_id, low, high, request.limit))
    border, missing = min(page.floor, high or page.floor), request.limit - len(page.messages)
    if missing == 0 or low >= border:
        return page
    older = archived_page(request.room, user_id, low, border, missing)
    return HistoryPage(older.messages + page.messages, older.first_seq, page.floor)


def _draft(author: Author, request: Send) -> Draft | ChatError:
    try:
        text = clean_text(request.text, settings.MESSAGE_MAX_CHARS)
    except ChatError as error:
        return error
    body = _Body(request.client_id, author, text, "text", request.reply_to)
    return Draft(request.room, request.client_id, _encode(body)[1:-1], request.reply_to, named_in(text))
