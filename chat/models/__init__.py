"""The record: what must outlive everything."""

from chat.models.archive_state import ArchivedEpoch, ArchiveState
from chat.models.membership import Membership
from chat.models.mention import Mention
from chat.models.message import Message
from chat.models.pending_projection import PendingProjection
from chat.models.room import Room

__all__ = ["ArchiveState", "ArchivedEpoch", "Membership", "Mention", "Message", "PendingProjection", "Room"]
