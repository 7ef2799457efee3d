"""Deleting, restoring and reading what somebody else wrote."""

from functools import partial
from typing import Literal

from django.utils.translation import gettext_lazy

from chat.actions.actor import Person
from chat.actions.authorization import authorise, require_reported
from chat.actions.moderation.moderation_log import record_act, required_reason
from chat.archive.message_view import as_they_stand
from chat.domain.errors import WrittenByAnother, forbidden, not_found
from chat.domain.message_state import parse_state
from chat.domain.policy import Act
from chat.domain.types import RoomId
from chat.live.live_state import live_state
from chat.models import Membership, Message, ModerationLog
from chat.sync.retry import retry_after_warming

Action = Literal["delete", "restore"]


def moderate_message(actor: Person, action: Action, room_id: RoomId, seq: int, reason: str = "", epoch: str = "") -> int:
    """Delete or restore a message of the archive, in whatever room the actor moderates; return the room's rev.

    With an `epoch`, that of another one is not found. Raises as `moderate_found`.
    """
    message = _archived(room_id, seq)
    if message is None or message.author_id is None or message.epoch != (epoch or message.epoch):
        raise not_found()
    state = parse_state(message.amendment.encode())
    found = WrittenByAnother(message.author_id, message.text, state.deleted_by if state else None)
    return moderate_found(actor, action, room_id, seq, found, reason, message.epoch)


def read_deleted(actor: Person, room_id: RoomId, seq: int, reason: str = "") -> str:
    """Return what a deleted message said, as the archive has it.

    What its author deleted is told to them, and to the site's staff for a reason, which is logged.
    Raises not_found, not_member, forbidden, too_long or bad_request.
    """
    message = _archived(room_id, seq)
    is_authors = message is not None and message.is_deleted_by_author
    if message and is_authors and message.author_id == actor.id and _is_member(actor, room_id):
        return message.text
    room = authorise(actor, Act.DELETE, room_id, only_reads=True)
    require_reported(room, seq=seq)
    if message is None or not message.deleted:
        raise not_found()
    if is_authors:
        authorise(actor, Act.RESTORE_AUTHORS, room_id, message.author_id)
        if not reason:
            raise forbidden(gettext_lazy("Its author deleted it. Staff can read it in the admin, with a reason."))
        record_act(ModerationLog.Action.READ, actor.id, room_id, message.author_id, required_reason(reason), seq)
    return message.text


def moderate_found(
    actor: Person, action: Action, room_id: RoomId, seq: int, found: WrittenByAnother, reason: str = "", epoch: str = ""
) -> int:
    """The same as `moderate_message`, where it is known already who wrote what, and who deleted it.

    Redis can lose the message meanwhile, and another one get its number: that one, of another `epoch`, is left alone.
    Raises not_found, not_member, forbidden, or empty where a reason is missing.
    """
    is_deleted_by_author = found.deleted_by == found.author
    is_authors = action == "restore" and is_deleted_by_author
    act = Act.RESTORE_AUTHORS if is_authors else Act.DELETE
    require_reported(authorise(actor, act, room_id, found.author), seq=seq)
    if is_authors:
        reason = required_reason(reason)
    # Before it is done: what Redis then does not do is written down in vain, but nothing is done unwritten.
    text = "" if action == "delete" and is_deleted_by_author else found.text  # the log must not tell what they took back
    record_act(ModerationLog.Action(action), actor.id, room_id, found.author, reason, seq, text)
    store = live_state().amendments
    if action == "delete":
        return retry_after_warming(room_id, seq, lambda: store.delete(room_id, actor.id, seq, moderates=True, epoch=epoch))
    restore = partial(store.restore, moderates=True, epoch=epoch, restores_authors=is_authors)
    return retry_after_warming(room_id, seq, lambda: restore(room_id, actor.id, seq))


def _archived(room_id: RoomId, seq: int) -> Message | None:
    found = as_they_stand(Message.objects.filter(room=room_id, seq=seq))
    return found[0] if found else None


def _is_member(person: Person, room_id: RoomId) -> bool:
    return Membership.objects.filter(room=room_id, user=person.id).exists()
