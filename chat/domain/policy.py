"""Who may do what: two tables, no input or output. Nobody acts on an equal or on somebody above."""

from enum import IntEnum, StrEnum
from typing import NamedTuple

from chat.domain.types import Kind, Role


class Rank(IntEnum):
    """What a person is, in one room or on the whole site."""

    OUTSIDER = 0
    MEMBER = 1
    MODERATOR = 2
    OWNER = 3
    STAFF = 4
    SITE_OWNER = 5


class Act(StrEnum):
    """What one may do in a room or to somebody there; the last ones concern the whole site."""

    JOIN = "join"
    LEAVE = "leave"
    INVITE = "invite"
    MAKE_INVITATION = "create an invitation link"
    SEE_INVITATIONS = "see and revoke the invitation links of others"
    ANSWER_REQUEST = "answer requests to join"
    CHANGE_ROOM = "change name, topic, slow mode, announcement, locked"
    CHANGE_WORDS = "change the word list"
    ARCHIVE_ROOM = "archive and reopen"
    MUTE = "mute, unmute"
    KICK = "kick"
    BAN = "ban, unban"
    DELETE = "delete messages; read and restore what a moderator deleted"
    RESTORE_AUTHORS = "read and restore what an author deleted"
    PURGE = "purge a person's messages and restore them"
    HANDLE_REPORT = "handle reports"
    CHANGE_ROLE = "make a moderator a member, a member a moderator"
    HAND_OVER = "transfer ownership"
    SANCTION_SITE = "mute and ban on the whole site"
    CHANGE_SITE_WORDS = "change the word list of all rooms"
    INVITE_TO_SITE = "create an invitation link to the server"
    CREATE_ROOM = "create a room where the server's settings leave that to the staff"


class Needed(NamedTuple):
    """The least rank for an act in rooms of each kind; None: nobody."""

    public: Rank | None
    private: Rank | None
    direct: Rank | None


_EVERYONE = Needed(Rank.MEMBER, Rank.MEMBER, None)
_MODERATORS = Needed(Rank.MODERATOR, Rank.MODERATOR, None)
_OWNERS = Needed(Rank.OWNER, Rank.OWNER, None)
_STAFF = Needed(Rank.STAFF, Rank.STAFF, Rank.STAFF)

TABLE: dict[Act, Needed] = {
    Act.JOIN: Needed(Rank.OUTSIDER, None, None),
    Act.LEAVE: _EVERYONE,
    Act.INVITE: Needed(Rank.MEMBER, Rank.MODERATOR, None),
    # As INVITE: a link does the same for people whom nobody can find yet.
    Act.MAKE_INVITATION: Needed(Rank.MEMBER, Rank.MODERATOR, None),
    Act.SEE_INVITATIONS: _MODERATORS,
    Act.ANSWER_REQUEST: Needed(None, Rank.MODERATOR, None),
    Act.CHANGE_ROOM: _MODERATORS,
    Act.CHANGE_WORDS: _MODERATORS,
    Act.ARCHIVE_ROOM: _OWNERS,
    Act.MUTE: _MODERATORS,
    Act.KICK: _MODERATORS,
    Act.BAN: _MODERATORS,
    # In direct rooms nobody is above the others; the site's staff answer what is reported there.
    Act.DELETE: Needed(Rank.MODERATOR, Rank.MODERATOR, Rank.STAFF),
    # What somebody takes back is gone for everyone they wrote it to, whoever opened the room.
    Act.RESTORE_AUTHORS: _STAFF,
    Act.PURGE: Needed(Rank.MODERATOR, Rank.MODERATOR, Rank.STAFF),
    Act.HANDLE_REPORT: Needed(Rank.MODERATOR, Rank.MODERATOR, Rank.STAFF),
    Act.CHANGE_ROLE: _OWNERS,
    Act.HAND_OVER: _OWNERS,
    Act.SANCTION_SITE: _STAFF,
    Act.CHANGE_SITE_WORDS: _STAFF,
    Act.INVITE_TO_SITE: _STAFF,
    Act.CREATE_ROOM: _STAFF,
}

# The permission of Django's by which the site's staff do an act in any room; `is_staff` alone gives none of them.
PERMISSIONS: dict[Act, str] = {
    Act.MAKE_INVITATION: "chat.change_invitation",
    Act.SEE_INVITATIONS: "chat.change_invitation",
    Act.ANSWER_REQUEST: "chat.change_joinrequest",
    Act.CHANGE_ROOM: "chat.change_room",
    Act.CHANGE_WORDS: "chat.change_wordrule",
    Act.ARCHIVE_ROOM: "chat.change_room",
    Act.MUTE: "chat.add_sanction",
    Act.KICK: "chat.delete_membership",
    Act.BAN: "chat.add_sanction",
    Act.DELETE: "chat.change_message",
    Act.RESTORE_AUTHORS: "chat.change_message",
    Act.PURGE: "chat.change_message",
    Act.HANDLE_REPORT: "chat.change_report",
    Act.CHANGE_ROLE: "chat.change_membership",
    Act.HAND_OVER: "chat.change_membership",
    Act.SANCTION_SITE: "chat.add_sanction",
    Act.CHANGE_SITE_WORDS: "chat.change_wordrule",
    Act.INVITE_TO_SITE: "chat.add_invitation",
    Act.CREATE_ROOM: "chat.change_room",
}


def rank_of(role: Role | None, is_staff: bool = False, is_site_owner: bool = False) -> Rank:
    """Return what a person is in a room: the higher of what they are there and on the site.

    `is_staff` is for staff who hold the permission for what they are about to do.
    """
    if is_site_owner:
        return Rank.SITE_OWNER
    return Rank.STAFF if is_staff else Rank[role.upper()] if role else Rank.OUTSIDER


def may(actor: Rank, act: Act, kind: Kind, target: Rank | None = None) -> bool:
    """Whether somebody of this rank may do this in a room of this kind, to a target of that rank."""
    needed: Rank | None = getattr(TABLE[act], kind)
    return needed is not None and actor >= needed and (target is None or actor > target)
