"""Messages that were stored with their whole JSON are divided like new ones: on both databases."""

import json
from typing import Any

import pytest

from accounts.models import User
from chat.archive.maintenance import compacting
from chat.archive.maintenance.compacting import compact_messages
from chat.models import Byline, Message, Room


@pytest.fixture
def store(database):
    """Stores messages as earlier versions did; returns the payloads."""
    room = Room.objects.create(name="sea", slug="sea")
    alice = User.objects.create_user("alice@example.org", "alice")

    def write(count, text_now=None, **more):
        payloads = []
        for seq in range(Message.objects.count() + 1, Message.objects.count() + 1 + count):
            sent: dict[str, Any] = {"room": room.pk, "seq": seq, "epoch": "e", "sent_at": 5, "client_id": f"c{seq}"}
            sent |= {"author": {"id": alice.pk, "handle": "alice", "name": "Alice"}, "text": f"héllo {seq}", "kind": "text"}
            payloads.append(json.dumps({**sent, **more}, separators=(",", ":"), ensure_ascii=False))
            columns = {name: sent[name] for name in ("seq", "epoch", "sent_at", "client_id", "kind")}
            text = text_now or sent["text"]
            Message.objects.create(room=room, author=alice, text=text, rest=payloads[-1], **columns)
        return payloads

    return write


def test_stored_messages_are_divided_and_read_as_before(store):
    payloads = store(3) + store(1, reply_to=2) + store(1, text_now="edited")
    assert list(compact_messages()) == [Message.objects.latest("pk").pk]
    messages = Message.objects.with_bylines().order_by("seq")
    assert [message.payload for message in messages] == payloads
    assert [message.rest for message in messages] == ["", "", "", ',"reply_to":2', payloads[4]]
    assert Byline.objects.count() == 1


def test_compacting_that_was_stopped_goes_on(store, monkeypatch):
    monkeypatch.setattr(compacting, "_SLICE", compacting._SLICE.replace("2000", "2"))
    payloads = store(5)
    running = compact_messages()
    next(running)
    running.close()
    assert Message.objects.filter(byline=None).count() == 3
    assert len(list(compact_messages())) == 2
    assert [message.payload for message in Message.objects.order_by("seq")] == payloads
    assert set(Message.objects.values_list("rest", flat=True)) == {""}
