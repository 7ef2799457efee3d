"""Writing down what moderators did: in the transaction in which they do it, so that nothing is done unwritten."""

from chat.entities import RoomId, UserId
from chat.models import ModerationLog


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
