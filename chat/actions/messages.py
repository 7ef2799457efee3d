"""Sending messages and reading them back. No SQL on the way from a key press to the other people's screens."""

import msgspec
from django.conf import settings

from chat.actions.recovering import recovering
from chat.archive.history import archived_page
from chat.entities import Accepted, Author, HistoryPage, UserId
from chat.events import History, Send
from chat.policy import clean_text
from chat.stores.live import live_state

_encode = msgspec.json.Encoder().encode


class _Body(msgspec.Struct, omit_defaults=True):
    """A message's own fields; the room, seq, epoch and time are given by the log."""

    client_id: str
    author: Author
    text: str
    kind: str
    reply_to: int | None = None


def send_message(author: Author, request: Send) -> Accepted:
    """Store a message and publish it to the room; on disk when this returns. Raises ChatError."""
    text = clean_text(request.text, settings.MESSAGE_MAX_CHARS)
    body = _Body(request.client_id, author, text, "text", request.reply_to)
    fields = _encode(body)[1:-1]
    append = live_state().log.append
    return recovering(lambda: append(request.room, author, request.client_id, fields, request.reply_to))


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
