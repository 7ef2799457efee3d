"""A message, and what was changed of it, without the person who wrote it. Pure."""

from typing import Any

import msgspec

from chat.domain.types import Author, UserId

NAME = "Deleted account"
# What of a deleted message's state says only that it is deleted.
_DELETED_PARTS = ("seq", "rev", "by", "deleted_by", "deleted_at", "purge")


def erased_author(user_id: UserId) -> Author:
    """Return who is shown in place of an erased person; nobody can sign up with such a handle."""
    return Author(user_id, f"deleted~{user_id}", NAME)


def erased_message(message: bytes, author: Author, is_wiped: bool) -> bytes:
    """Return the message's JSON as that of `author`; a wiped one says nothing."""
    payload: dict[str, Any] = msgspec.json.decode(message)
    payload["author"] = msgspec.to_builtins(author)
    if is_wiped:
        payload["text"] = ""
        for gone in ("attachments", "mentions", "reply_to"):
            payload.pop(gone, None)
    return msgspec.json.encode(payload)


def erased_state(state: bytes, is_wiped: bool) -> bytes:
    """Return the amendment state's JSON without earlier texts; b"" stays b""."""
    if not state:
        return state
    found: dict[str, Any] = msgspec.json.decode(state)
    found.pop("history", None)
    if is_wiped:
        found = {part: found[part] for part in _DELETED_PARTS if part in found}
    return msgspec.json.encode(found)


def deleted_state(seq: int, rev: int, by: UserId, at: int) -> bytes:
    """Return the state of a message that its author deleted at a time in ms."""
    return msgspec.json.encode({"seq": seq, "rev": rev, "by": by, "deleted_by": by, "deleted_at": at})
