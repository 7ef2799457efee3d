"""What has left the live log, as one person sees it now."""

from django.db import connections as databases

from chat.archive.warming import reaction_fields
from chat.domain.message_state import as_it_stands
from chat.domain.types import HistoryPage, RoomId, UserId
from chat.live.live_state import live_state
from chat.live.messages.message_view import StoredMessage
from chat.models import Message


def archived_page(room_id: RoomId, user_id: UserId, low: int, high: int, limit: int) -> HistoryPage:
    """Return the newest `limit` archived messages with `low` <= seq < `high`. Who may see them was decided before."""
    try:
        messages = Message.objects.page(room_id, low, high, limit)
        first_seq = messages[0].seq if messages else high
        is_first = not Message.objects.any_before(room_id, first_seq)
    finally:
        databases.close_all()
    return HistoryPage(_as_they_stand(room_id, user_id, messages), 1 if is_first else first_seq, high)


def own_archived(room_id: RoomId, user_id: UserId, above: int, below: int) -> list[int]:
    """Return the seqs of what somebody wrote with `above` < seq < `below`."""
    try:
        own = Message.objects.filter(room_id=room_id, author=user_id, seq__gt=above, seq__lt=below)
        return list(own.order_by("seq").values_list("seq", flat=True))
    finally:
        databases.close_all()


def _as_they_stand(room_id: RoomId, user_id: UserId, messages: list[Message]) -> list[bytes]:
    # What was changed a moment ago is not in the archive yet; what is live is never older than that.
    live = live_state().archiving.changes(room_id, [message.seq for message in messages])
    newer = [message for message in messages if message.seq in live]
    found = StoredMessage(room_id, [message.payload.encode() for message in newer], [live[message.seq] for message in newer])
    [standing] = live_state().standing.read(user_id, [found])
    shown = dict(zip(live, standing.messages, strict=True))
    return [shown.get(message.seq) or _as_archived(message, user_id) for message in messages]


def _as_archived(message: Message, user_id: UserId) -> bytes:
    reacted = {field.rpartition("|")[0] for field in reaction_fields(message.reactions) if field.endswith(f"|{user_id}")}
    return as_it_stands(message.payload.encode(), message.amendment.encode() or None, user_id, reacted)
