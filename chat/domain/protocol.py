"""Every event of the wire, declared once: what clients may send and what the server tells them."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from chat.domain.errors import bad_request
from chat.domain.room_rules import Circle
from chat.domain.types import Kind, Level, LiveSanction, PersonHere, Position, Role, State
from chat.domain.word_filter import Effect, RuleKind

NAMESPACE = "/chat"
ROOMS_PER_SYNC = 1_000
DIRECT_PEOPLE = 8
MAILS_AT_ONCE = 20
TEN_YEARS = 10 * 366 * 24 * 60 * 60

# Redis, SQL and JavaScript all hold whole numbers up to 2^53 exactly.
Id = Annotated[int, Meta(ge=1, le=2**53)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Reason = Annotated[str, Meta(max_length=1_000)]
EmailAddress = Annotated[str, Meta(min_length=3, max_length=254)]
# In which a message was sent, as the message says: (epoch, seq) is no other message's, whatever Redis may lose.
Epoch = Annotated[str, Meta(max_length=32)]
# It becomes part of a key's name, so that it may hold nothing that a key's name could mean.
ClientId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class ServerEvent(StrEnum):
    """What the server sends."""

    MESSAGE = "message"
    AMENDED = "amended"
    PRESENCE = "presence"
    TYPING = "typing"
    READ = "read"
    NOTIFY = "notify"
    MEMBER = "member"
    ROOM = "room"
    HEAD = "head"
    REMOVED = "removed"
    SANCTION = "sanction"
    REPORT = "report"
    DECLINED = "declined"
    REQUEST = "request"
    RESTARTING = "restarting"
    INVITED = "invited"
    BLOCKED = "blocked"


class Control(StrEnum):
    """What processes tell each other about one person, on `user:{42}:events`; no client ever sees these."""

    JOINED = "joined"
    SESSION_ENDED = "session_ended"
    RENAMED = "renamed"


class Request(msgspec.Struct, frozen=True):
    """What a client sends; unknown fields are ignored, so that newer clients may talk to older servers."""


class Sync(Request, frozen=True):
    """In pieces for a person in more rooms: `only` asks for no others than these, `known` leaves out those of other pieces.

    `whole`: the rooms that come with their messages, the others with their last one; without it all come whole.
    """

    rooms: Annotated[dict[str, Position], Meta(max_length=ROOMS_PER_SYNC)] = {}
    only: bool = False
    known: Annotated[list[Id], Meta(max_length=10 * ROOMS_PER_SYNC)] = []
    whole: Annotated[list[Id], Meta(max_length=ROOMS_PER_SYNC)] | None = None


class Create(Request, frozen=True):
    kind: Literal["public", "private", "direct"]
    name: Annotated[str, Meta(max_length=200)] = ""
    topic: Annotated[str, Meta(max_length=1_000)] = ""
    members: Annotated[list[Id], Meta(max_length=DIRECT_PEOPLE)] = []


class Join(Request, frozen=True):
    room: Id


class Leave(Request, frozen=True):
    room: Id


class Invite(Request, frozen=True):
    room: Id
    user: Id


class AnswerInvitation(Request, frozen=True):
    """Of somebody who left the room before, and was asked to come back."""

    room: Id
    accept: bool


class Hide(Request, frozen=True):
    """Take a direct room out of one's list until its next message."""

    room: Id


class BlockPerson(Request, frozen=True):
    user: Id


class Unblock(Request, frozen=True):
    user: Id


class Send(Request, frozen=True):
    room: Id
    client_id: ClientId
    text: str
    reply_to: Id | None = None


class History(Request, frozen=True):
    room: Id
    before: Id | None = None
    around: Id | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class Typing(Request, frozen=True):
    room: Id


class Edit(Request, frozen=True):
    room: Id
    seq: Id
    text: str
    epoch: Epoch = ""


class Delete(Request, frozen=True):
    room: Id
    seq: Id
    reason: Reason = ""
    epoch: Epoch = ""


class Restore(Request, frozen=True):
    room: Id
    seq: Id
    reason: Reason = ""
    epoch: Epoch = ""


class React(Request, frozen=True):
    room: Id
    seq: Id
    emoji: str
    on: bool
    epoch: Epoch = ""


class Read(Request, frozen=True):
    room: Id
    seq: Count
    turn: Count | None = None
    back: bool = False


class Notify(Request, frozen=True):
    room: Id
    level: Level | None = None
    muted: bool | None = None


class Moderate(Request, frozen=True):
    """Without a room: on the whole site, by its staff. Without seconds: permanently."""

    action: Literal["mute", "unmute", "kick", "ban", "unban"]
    user: Id
    room: Id | None = None
    seconds: Annotated[int, Meta(ge=1, le=TEN_YEARS)] | None = None
    reason: Reason = ""


class ReportMessage(Request, frozen=True):
    room: Id
    seq: Id
    reason: Reason
    epoch: Epoch = ""


class HandleReport(Request, frozen=True):
    """`outcome` is for moderators, `answer` for who reported; `send` is for held messages."""

    report: Id
    action: Literal["claim", "release", "resolve", "send"]
    outcome: Reason = ""
    answer: Reason = ""


class PurgeMessages(Request, frozen=True):
    """Without seconds: everything."""

    room: Id
    user: Id
    reason: Reason
    seconds: Annotated[int, Meta(ge=1, le=TEN_YEARS)] | None = None


class Unpurge(Request, frozen=True):
    room: Id
    purge: Id


class CreateInvitation(Request, frozen=True):
    """A link; without uses and seconds for whoever and whenever."""

    room: Id
    uses: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    seconds: Annotated[int, Meta(ge=1, le=TEN_YEARS)] | None = None


class ShareInvitation(Request, frozen=True):
    """The sender's own link for everybody, the same as long as it is good."""

    room: Id


class MailInvitation(Request, frozen=True):
    """That link, by email."""

    room: Id
    addresses: Annotated[list[EmailAddress], Meta(min_length=1, max_length=MAILS_AT_ONCE)]


class Revoke(Request, frozen=True):
    invitation: Id


class AnswerJoinRequest(Request, frozen=True):
    room: Id
    user: Id
    accept: bool
    reason: Reason = ""


class SetWordRule(Request, frozen=True):
    """`effect: null` takes the word off the list."""

    room: Id
    kind: RuleKind
    pattern: Reason
    effect: Effect | None


class SetRole(Request, frozen=True):
    """Making somebody the owner hands the room over."""

    room: Id
    user: Id
    role: Role


class UpdateRoom(Request, frozen=True):
    """What is left out stays as it is."""

    room: Id
    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    topic: Annotated[str, Meta(max_length=1_000)] | UnsetType = UNSET
    state: State | UnsetType = UNSET
    slow_mode: Count | UnsetType = UNSET
    takes_requests: bool | UnsetType = UNSET


class SetStatus(Request, frozen=True):
    status: Literal["active", "away"]


class RoomState(msgspec.Struct, frozen=True):
    """A room as one member finds it; the answer to `sync`, `create` and `join`."""

    id: int
    slug: str
    name: str
    kind: Kind
    topic: str
    state: State
    slow_mode: int
    writers: Circle
    editors: Circle
    role: Role
    level: Level
    muted: bool
    hidden: int
    epoch: str
    seq: int
    rev: int
    read: int
    turn: int
    unread: int
    mentions: int
    catch_up: Literal["complete", "window"]
    messages: list[msgspec.Raw]
    amendments: list[msgspec.Raw]
    online: list[PersonHere]
    sanction: LiveSanction | None = None


REQUESTS: dict[str, type[Request]] = {
    "sync": Sync,
    "create": Create,
    "join": Join,
    "leave": Leave,
    "invite": Invite,
    "answer_invitation": AnswerInvitation,
    "hide": Hide,
    "block": BlockPerson,
    "unblock": Unblock,
    "send": Send,
    "edit": Edit,
    "delete": Delete,
    "restore": Restore,
    "react": React,
    "history": History,
    "typing": Typing,
    "read": Read,
    "notify": Notify,
    "status": SetStatus,
    "moderate": Moderate,
    "report": ReportMessage,
    "handle_report": HandleReport,
    "purge": PurgeMessages,
    "unpurge": Unpurge,
    "create_invitation": CreateInvitation,
    "share_invitation": ShareInvitation,
    "mail_invitation": MailInvitation,
    "revoke": Revoke,
    "answer_join_request": AnswerJoinRequest,
    "set_word_rule": SetWordRule,
    "set_role": SetRole,
    "update_room": UpdateRoom,
}


_EVENT = msgspec.json.Decoder(list[msgspec.Raw])
_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in REQUESTS.items()}
# Names until 0.1.0: a page that was open while the server was upgraded still sends them.
_FORMER_NAMES = {
    "handle": "handle_report",
    "word": "set_word_rule",
    "answer": "answer_join_request",
    "role": "set_role",
    "update": "update_room",
    "invitation": "create_invitation",
}
_DECODERS |= {former: _DECODERS[name] for former, name in _FORMER_NAMES.items()}
_NOTHING = msgspec.Raw(b"null")


def parse_event(array: str | bytes) -> Request:
    """Return the checked request in an event's JSON, `["send",{...}]`; raises bad_request with the field that is wrong."""
    try:
        name, payload = (*_EVENT.decode(array), _NOTHING, _NOTHING)[:2]
        event = msgspec.json.decode(name)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise bad_request("An event is its name and one object.") from None
    decoder = _DECODERS.get(event) if isinstance(event, str) else None
    if decoder is None:
        raise bad_request("There is no such event.")
    try:
        return decoder.decode(payload)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise bad_request(f"{event}: {error}") from None
