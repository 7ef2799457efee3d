"""Whom archived messages answer: written beside them, so that they are found without reading a message."""

from collections.abc import Mapping

from chat.domain.types import RoomId
from chat.models import Message, Reply


def add_replies(room_id: RoomId, answered: Mapping[int, int]) -> None:
    """Note whom new messages answer: by the seq of each, the seq of what it answers.

    Nobody is told of what they answered themself.
    """
    if not answered:
        return
    messages = Message.objects.filter(room_id=room_id, seq__in={*answered, *answered.values()}).only("seq", "author_id")
    by_seq = {message.seq: message for message in messages}
    pairs = [(by_seq[seq], by_seq[to]) for seq, to in answered.items() if seq in by_seq and to in by_seq]
    Reply.objects.bulk_create(
        [
            Reply(message=reply, room_id=room_id, user_id=original.author_id)
            for reply, original in pairs
            if original.author_id not in (None, reply.author_id)
        ],
        ignore_conflicts=True,
    )
