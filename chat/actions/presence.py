"""Being here, typing, going away."""

from chat.domain.errors import ChatError, Code, with_reason
from chat.domain.protocol import ServerEvent
from chat.domain.types import RoomId, UserId
from chat.live.live_state import live_state


def tell_typing(user_id: UserId, room_id: RoomId) -> None:
    """Tell the room that a member types; raises ChatError to who is not one, or may not write there."""
    is_member, sanction = live_state().rooms.member_and_sanction(room_id, user_id)
    if not is_member:
        facts = live_state().rooms.facts(room_id)
        raise ChatError(Code.NOT_MEMBER if facts and facts.kind == "public" else Code.NOT_FOUND)
    if sanction is not None:
        code = Code.BANNED if sanction.kind == "ban" else Code.MUTED
        raise ChatError(code, with_reason(code, sanction.reason))
    live_state().rooms.tell_room(room_id, ServerEvent.TYPING, {"room": room_id, "user": user_id})
