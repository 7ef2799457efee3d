"""Moderation in Django admin, one file a screen. Everything is saved through chat.actions, and so is live at once."""

from chat.admin.members import MemberAdmin
from chat.admin.rooms import RoomAdmin

__all__ = ["MemberAdmin", "RoomAdmin"]
