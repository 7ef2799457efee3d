"""Deleting and restoring what somebody else wrote."""

from typing import Literal

from chat.actions.authority import authorise
from chat.actions.moderation_log import record_act
from chat.actions.person import Person
from chat.actions.within_reach import within_reach
from chat.entities import RoomId
from chat.errors import WrittenByAnother, not_found
from chat.models import Message, ModerationLog
from chat.policy import Act
from chat.stores.live import live_state

Action = Literal["delete", "restore"]


def moderate_message(actor: Person, action: Action, room_id: RoomId, seq: int, reason: str = "") -> int:
    """Delete or restore a message of the archive, in whatever room the actor moderates; return the room's rev.

    Raises not_found, not_member or forbidden.
    """
    message = Message.objects.filter(room=room_id, seq=seq, author__isnull=False).first()
    if message is None or message.author_id is None:
        raise not_found()
    return moderate_found(actor, action, room_id, seq, WrittenByAnother(message.author_id, message.text), reason)


def read_deleted(actor: Person, room_id: RoomId, seq: int) -> str:
    """Return the words of a message that was deleted, as the archive has them.

    Raises not_found, not_member or forbidden to who may not restore it.
    """
    authorise(actor, Act.DELETE, room_id)
    text: str | None = Message.objects.filter(room=room_id, seq=seq, deleted=True).values_list("text", flat=True).first()
    if text is None:
        raise not_found()
    return text


def moderate_found(actor: Person, action: Action, room_id: RoomId, seq: int, found: WrittenByAnother, reason: str = "") -> int:
    """The same, where it is known already who wrote what."""
    authorise(actor, Act.DELETE, room_id, found.author)
    # Before it is done: what Redis then does not do is written down in vain, but nothing is done unwritten.
    record_act(ModerationLog.Action(action), actor.id, room_id, found.author, reason, seq, found.text)
    store = live_state().amendments
    amend = store.delete if action == "delete" else store.restore
    return within_reach(room_id, seq, lambda: amend(room_id, actor.id, seq, moderates=True))
