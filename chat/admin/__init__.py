"""Moderation in Django admin, one file a screen. Everything is saved through chat.actions, and so is live at once."""

from chat.admin.invitations import InvitationAdmin
from chat.admin.join_requests import JoinRequestAdmin
from chat.admin.members import MemberAdmin
from chat.admin.messages import MessageAdmin
from chat.admin.moderation_log import ModerationLogAdmin
from chat.admin.people import PersonAdmin
from chat.admin.reports import ReportAdmin
from chat.admin.rooms import RoomAdmin
from chat.admin.sanctions import SanctionAdmin
from chat.admin.word_rules import WordRuleAdmin

__all__ = [
    "InvitationAdmin",
    "JoinRequestAdmin",
    "MemberAdmin",
    "MessageAdmin",
    "ModerationLogAdmin",
    "PersonAdmin",
    "ReportAdmin",
    "RoomAdmin",
    "SanctionAdmin",
    "WordRuleAdmin",
]
