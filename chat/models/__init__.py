"""The record: what must outlive everything."""

from chat.models.archive.archive_state import ArchivedEpoch, ArchiveState
from chat.models.archive.byline import Byline
from chat.models.archive.mention import Mention
from chat.models.archive.message import Message
from chat.models.archive.reply import Reply
from chat.models.archive.search_rebuild import SearchRebuild
from chat.models.block import Block
from chat.models.erasure import Erasure
from chat.models.granted_permission import GrantedPermission
from chat.models.installation import Installation
from chat.models.moderation.moderation_log import ModerationLog
from chat.models.moderation.report import Report
from chat.models.moderation.sanction import Sanction
from chat.models.pending_projection import PendingProjection
from chat.models.rooms.departure import Departure
from chat.models.rooms.invitation import Invitation
from chat.models.rooms.join_request import JoinRequest
from chat.models.rooms.membership import Membership
from chat.models.rooms.room import Room
from chat.models.rooms.word_rule import WordRule

__all__ = [
    "ArchiveState",
    "ArchivedEpoch",
    "Block",
    "Byline",
    "Departure",
    "Erasure",
    "GrantedPermission",
    "Installation",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Mention",
    "Message",
    "ModerationLog",
    "PendingProjection",
    "Reply",
    "Report",
    "Room",
    "Sanction",
    "SearchRebuild",
    "WordRule",
]
