"""Writing down what moderators did: in the transaction in which they do it, so that nothing is done unwritten."""

from django.utils.translation import gettext_lazy

from chat.domain.errors import ChatError, Code
from chat.domain.text import clean_line
from chat.domain.types import RoomId, UserId
from chat.models import ModerationLog
from chat.models.moderation.sanction import REASON_MAX_CHARS


def record_act(
    action: ModerationLog.Action,
    by: UserId | None,
    room_id: RoomId | None,
    user_id: UserId | None = None,
    reason: str = "",
    seq: int | None = None,
    text_before: str = "",
    **details: object,
) -> ModerationLog:
    """Return the new entry; called inside the transaction of the act."""
    return ModerationLog.objects.create(
        action=action,
        by_id=by,
        room_id=room_id,
        user_id=user_id,
        reason=reason,
        seq=seq,
        text_before=text_before,
        details={name: value for name, value in details.items() if value is not None},
    )


def required_reason(reason: str) -> str:
    """Return a reason as one line; raises empty, too_long or bad_request."""
    reason = clean_line(reason, REASON_MAX_CHARS)
    if not reason:
        raise ChatError(Code.EMPTY, gettext_lazy("Add a reason: the person will see it, and it is logged."))
    return reason
