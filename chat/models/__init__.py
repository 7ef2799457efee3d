"""The record: what must outlive everything."""

from chat.models.archive_state import ArchivedEpoch, ArchiveState
from chat.models.block import Block
from chat.models.byline import Byline
from chat.models.departure import Departure
from chat.models.erasure import Erasure
from chat.models.installation import Installation
from chat.models.invitation import Invitation
from chat.models.join_request import JoinRequest
from chat.models.membership import Membership
from chat.models.mention import Mention
from chat.models.message import Message
from chat.models.moderation_log import ModerationLog
from chat.models.pending_projection import PendingProjection
from chat.models.reply import Reply
from chat.models.report import Report
from chat.models.room import Room
from chat.models.sanction import Sanction
from chat.models.search_rebuild import SearchRebuild
from chat.models.word_rule import WordRule

__all__ = [
    "ArchiveState",
    "ArchivedEpoch",
    "Block",
    "Byline",
    "Departure",
    "Erasure",
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
