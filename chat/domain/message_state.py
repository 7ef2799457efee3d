"""A message as it now stands: what was sent, and what was changed since. Pure."""

from typing import Any

import msgspec

from chat.domain.types import RoomId, UserId


class Reaction(msgspec.Struct, omit_defaults=True):
    """One emoji on a message: how many people, a few of them, and whether who asks is one."""

    emoji: str
    count: int
    by: list[UserId]
    mine: bool = False


class AmendmentState(msgspec.Struct, omit_defaults=True):
    """What the live state keeps of a message's changes; unknown parts, such as earlier texts, stay behind."""

    seq: int
    rev: int
    by: UserId
    text: str | None = None
    mentions: list[UserId] = []
    edited_at: int | None = None
    deleted_by: UserId | None = None
    reactions: list[Reaction] = []

    @property
    def emoji(self) -> list[str]:
        return [reaction.emoji for reaction in self.reactions]


_decode_state = msgspec.json.Decoder(AmendmentState).decode


def parse_state(state: bytes) -> AmendmentState | None:
    """Return the state, None for the empty text that stands for no change."""
    return _decode_state(state) if state else None


def as_it_stands(message: bytes, state: bytes | AmendmentState | None, user_id: UserId, reacted: set[str]) -> bytes:
    """Return the message's JSON with its changes in it; `reacted` are the emoji that this person put there."""
    if isinstance(state, bytes):
        state = parse_state(state)
    if state is None:
        return message
    payload: dict[str, Any] = msgspec.json.decode(message)
    if state.deleted_by is not None:
        payload.update(text="", deleted=True, deleted_by=state.deleted_by)
        for gone in ("attachments", "mentions"):
            payload.pop(gone, None)
        return msgspec.json.encode(payload)
    if state.text is not None:
        payload.pop("mentions", None)
    return msgspec.json.encode({**payload, **_changes(state, reacted)})


def as_amendment(room_id: RoomId, state: AmendmentState, reacted: set[str]) -> bytes:
    """Return the payload of the wire's `amended` for somebody who was away."""
    told: dict[str, Any] = {"room": room_id, "seq": state.seq, "rev": state.rev, "by": state.by}
    if state.deleted_by is not None:
        return msgspec.json.encode({**told, "deleted": True})
    return msgspec.json.encode({**told, **_changes(state, reacted)})


def _changes(state: AmendmentState, reacted: set[str]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if state.text is not None:
        changes["text"] = state.text
        changes |= {"mentions": state.mentions} if state.mentions else {}
    if state.edited_at is not None:
        changes["edited_at"] = state.edited_at
    if state.reactions:
        changes["reactions"] = [
            Reaction(reaction.emoji, reaction.count, reaction.by, reaction.emoji in reacted) for reaction in state.reactions
        ]
    return changes
