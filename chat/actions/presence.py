"""Being here, typing, going away."""

from chat.entities import RoomId, UserId
from chat.errors import ChatError, Code
from chat.events import ServerEvent
from chat.stores.live import live_state


def tell_typing(user_id: UserId, room_id: RoomId) -> None:
    """Tell the room that a member types; raises ChatError to who is not one."""
    if not live_state().rooms.members_among(room_id, [user_id]):
        facts = live_state().rooms.facts(room_id)
        raise ChatError(Code.NOT_MEMBER if facts and facts.kind == "public" else Code.NOT_FOUND)
    live_state().rooms.tell_room(room_id, ServerEvent.TYPING, {"room": room_id, "user": user_id})
