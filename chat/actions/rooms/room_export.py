"""A room's messages as files: for programs as JSON, a message a line, and for people as one page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any

import msgspec

from chat.actions.person_data.files import ExportPart, document, lines
from chat.archive.exporting import messages_of
from chat.models import Membership, Room

_MEMBER = ("user_id", "user__handle", "user__name", "role", "joined_at")
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{name}</title>
<style>body {{ font: 1rem/1.5 sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }}
p {{ white-space: pre-wrap; margin: .5rem 0 }} time {{ color: #666; font-size: .8rem }}</style></head>
<body><h1 dir="auto">{name}</h1><p dir="auto">{topic}</p>
"""
_MESSAGE = '<p id="{seq}"><b dir="auto">{name}</b> <time>{at}</time>{reply}{edited}\n<bdi>{text}</bdi></p>\n'


def room_parts(room: Room) -> Iterator[ExportPart]:
    """Give the files of an export, deleted messages without their texts. Raises ChatError unavailable."""
    yield ExportPart("room.json", document(_facts(room)))
    yield ExportPart("messages.jsonl", lines(messages_of(room.pk)))
    yield ExportPart("messages.html", _page(room))


def _facts(room: Room) -> dict[str, Any]:
    members = (
        Membership.objects.filter(room=room).order_by("pk").values("user_id", "user__handle", "user__name", "role", "joined_at")
    )
    return {**msgspec.to_builtins(room.facts()), "created_at": room.created_at, "members": list(members)}


def _page(room: Room) -> Iterator[bytes]:
    yield _HEAD.format(name=escape(str(room)), topic=escape(room.topic)).encode()
    for message in messages_of(room.pk):
        yield _row(msgspec.json.decode(message)).encode()
    yield b"</body></html>\n"


def _row(message: dict[str, Any]) -> str:
    at = datetime.fromtimestamp(message["sent_at"] / 1000, UTC)
    reply = message.get("reply_to")
    return _MESSAGE.format(
        seq=message["seq"],
        name=escape((message.get("author") or {}).get("name", "")),
        at=f"{at:%Y-%m-%d %H:%M:%S} UTC",
        reply=f' <a href="#{reply}">in reply to {reply}</a>' if reply else "",
        edited=" (edited)" if message.get("edited_at") else "",
        text="(deleted)" if message.get("deleted") else escape(message["text"]),
    )
