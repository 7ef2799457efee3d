"""Paging back goes from the live log into the archive without a seam."""

import json
import random

import pytest

from chat.actions.messages.sending import read_history
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError
from chat.domain.protocol import History


def _page(talk, **request):
    page = read_history(talk.bob.id, History(talk.room, **request))
    return [json.loads(message) for message in page.messages], page.first


def _seqs(talk, **request):
    messages, first = _page(talk, **request)
    return [message["seq"] for message in messages], first


@pytest.mark.parametrize("seed", range(5))
def test_pages_join_wherever_the_border_is(talk, archiver, settings, seed):
    chance = random.Random(seed)
    settings.HOT_MESSAGES = chance.randint(1, 200)
    said = chance.randint(100, 300)
    talk.say(said)
    archiver.turn()
    talk.say(chance.randint(0, 20) or 1)
    last = talk.live_seqs()[-1]
    limit = chance.randint(1, 100)
    seen: list[int] = []
    before: dict[str, int] = {}
    first = False
    while not first:
        seqs, first = _seqs(talk, limit=limit, **before)
        assert len(seqs) == limit or first
        seen = seqs + seen
        before = {"before": seen[0]}
    assert seen == list(range(1, last + 1))
    for _ in range(20):
        around = chance.randint(1, last)
        seqs, first = _seqs(talk, limit=limit, around=around)
        low = max(1, around - limit // 2)
        assert seqs == list(range(low, min(last + 1, low + limit)))
        assert first == (low == 1)


def test_the_first_page_of_all(talk, archiver, settings):
    settings.HOT_MESSAGES = 100
    talk.say(150)
    archiver.turn()
    assert _seqs(talk, before=1) == ([], True)
    assert _seqs(talk, before=3) == ([1, 2], True)
    assert _seqs(talk, before=51, limit=50) == (list(range(1, 51)), True)
    assert _seqs(talk, before=52, limit=50) == (list(range(2, 52)), False)


def test_both_sides_are_shown_as_they_stand(talk, archiver, live, settings):
    settings.HOT_MESSAGES = 100
    talk.say(150)
    for seq in (40, 50, 51, 60):
        live.amendments.edit(talk.room, talk.alice.id, seq, f"edited {seq}")
        live.amendments.react(talk.room, talk.bob.id, seq, "👍", True)
        live.amendments.react(talk.room, talk.alice.id, seq, "🎉", True)
    live.amendments.delete(talk.room, talk.alice.id, 45)
    archiver.turn()
    before = _page(talk, around=50, limit=40)
    live.client.delete(
        f"room:{{{talk.room}}}:amended", f"room:{{{talk.room}}}:reactions:40", f"room:{{{talk.room}}}:reactions:50"
    )
    messages, _ = _page(talk, before=51, limit=20)

    assert [message for message in before[0] if 31 <= message["seq"] <= 50] == messages
    shown = {message["seq"]: message for message in before[0]}
    for seq in (40, 50, 51, 60):
        assert shown[seq]["text"] == f"edited {seq}"
        assert shown[seq]["reactions"] == [
            {"emoji": "👍", "count": 1, "by": [talk.bob.id], "mine": True},
            {"emoji": "🎉", "count": 1, "by": [talk.alice.id]},
        ]
    assert (shown[45]["text"], shown[45]["deleted"]) == ("", True)


def test_a_change_that_is_not_archived_yet_is_shown(talk, archiver, live, settings):
    from chat.actions.messages.amendments import edit_message
    from chat.domain.protocol import Edit

    settings.HOT_MESSAGES = 100
    talk.say(150)
    archiver.turn()
    edit_message(talk.alice.id, Edit(talk.room, 7, "just now"))
    messages, _ = _page(talk, around=7, limit=3)
    assert [message["text"] for message in messages] == ["message 6", "just now", "message 8"]


def test_the_archive_is_for_members(talk, archiver, live, settings, django_assert_num_queries):
    settings.HOT_MESSAGES = 100
    talk.say(150)
    archiver.turn()
    live.rooms.project_member(talk.room, 99, talk.bob.id, None)
    with django_assert_num_queries(0), pytest.raises(ChatError) as refused:
        _page(talk, before=20)
    assert refused.value.code == "not_member"


def test_a_hole_in_the_archive_ends_no_history(talk, archiver, live, settings):
    """SQL came back from a backup: what Redis had let go of is lost, what came before and after is not."""
    from chat.models import ArchiveState, Message

    settings.HOT_MESSAGES = 100
    talk.say(50)
    archiver.turn()
    state = ArchiveState.objects.filter(room=talk.room).values().get()
    talk.say(150)
    archiver.turn()
    Message.objects.filter(room=talk.room, seq__gt=50).delete()
    ArchiveState.objects.filter(room=talk.room).update(**state)
    live.client.delete("archiver")
    talk.say(5)
    Archiver(live).turn()
    seqs, first = _seqs(talk, before=110, limit=100)
    assert seqs == [*range(1, 51), *range(101, 110)]
    assert first
