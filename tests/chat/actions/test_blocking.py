"""bob blocks erin, who is never told: what she can still do to him, and what not."""

import json

import pytest

from chat.actions import blocking
from chat.actions.messages import mentions, read_markers
from chat.actions.moderation import mute_kick_ban, reports
from chat.actions.person_data.erased_records import erase_records
from chat.actions.person_data.exporting import person_parts
from chat.actions.rooms import creating, membership
from chat.domain.errors import ChatError
from chat.domain.types import Author, Position
from chat.models import Block, Departure, block
from chat.sync import recovery


@pytest.fixture(autouse=True)
def _erin_is_in(cast):
    membership.join_room(cast.erin, cast.room.pk)


def _refused(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value.code, refused.value.message


def _mentions(person, room):
    [state] = read_markers.catch_up(person.pk, {room.pk: Position()})
    return state.mentions


def test_no_direct_messages_and_the_words_do_not_tell_of_a_block(cast):
    talk = cast.open_direct(cast.erin, cast.bob)
    cast.say(cast.erin, "hello", room=talk)
    blocking.block_person(cast.bob, cast.erin.pk)
    words = "This person does not accept direct messages."
    with pytest.raises(ChatError) as refused:
        cast.say(cast.erin, "hello?", room=talk)
    assert (refused.value.code, refused.value.message) == ("forbidden", words)
    assert _refused(creating.open_direct_room, cast.erin, [cast.bob.pk, cast.dora.pk])[0] == "forbidden"

    blocking.unblock_person(cast.bob, cast.erin.pk)
    assert cast.say(cast.erin, "hello again", room=talk) == 2


def test_no_new_direct_room_either_way(cast):
    blocking.block_person(cast.bob, cast.erin.pk)
    assert _refused(creating.open_direct_room, cast.erin, [cast.bob.pk]) == (
        "forbidden", "This person does not accept direct messages."
    )  # fmt: skip
    assert _refused(creating.open_direct_room, cast.bob, [cast.erin.pk]) == ("forbidden", "You have blocked this person.")
    assert creating.open_direct_room(cast.dora, [cast.bob.pk, cast.erin.pk])


def test_an_invitation_is_answered_as_usual_and_asks_nobody(cast, ear):
    blocking.block_person(cast.bob, cast.erin.pk)
    theirs = creating.create_room(cast.erin, "Erin's", "public")
    ear.listen(f"user:{{{cast.bob.pk}}}:events")
    assert membership.invite_member(cast.erin, theirs.pk, cast.bob.pk) is False
    assert (list(theirs.memberships.values_list("user__handle", flat=True)), ear.heard()) == (["erin"], [])


def test_a_question_of_theirs_is_withdrawn(cast):
    membership.leave_room(cast.bob, cast.room.pk)
    membership.invite_member(cast.erin, cast.room.pk, cast.bob.pk)
    blocking.block_person(cast.bob, cast.erin.pk)
    assert _refused(membership.answer_invitation, cast.bob, cast.room.pk, True)[0] == "not_found"
    membership.invite_member(cast.dora, cast.room.pk, cast.bob.pk)
    membership.answer_invitation(cast.bob, cast.room.pk, True)


def test_mentions_of_theirs_count_in_no_room_and_not_after_a_loss_of_redis(cast, live, archiver):
    blocking.block_person(cast.bob, cast.erin.pk)
    later = cast.open_room("Later")
    membership.join_room(cast.erin, later.pk)
    for room in (cast.room, later):
        cast.say(cast.erin, "@bob", "@bob @alice", "@room", room=room)
        assert (_mentions(cast.bob, room), _mentions(cast.alice, room)) == (0, 2)
    archiver.turn()
    assert mentions.mentions_of(Author(cast.bob.pk, "bob", "Bob")).mentions == []
    live.client.flushall()
    recovery.recover_all()
    assert (_mentions(cast.bob, cast.room), _mentions(cast.alice, cast.room)) == (0, 2)
    cast.say(cast.erin, "@bob once more")
    assert _mentions(cast.bob, cast.room) == 0
    blocking.unblock_person(cast.bob, cast.erin.pk)
    cast.say(cast.erin, "@bob at last")
    assert _mentions(cast.bob, cast.room) == 1


def test_only_the_blocker_is_told(cast, ear):
    ear.listen(f"room:{{{cast.room.pk}}}:events", *(f"user:{{{one.pk}}}:events" for one in (cast.bob, cast.erin, cast.alice)))
    blocking.block_person(cast.bob, cast.erin.pk)
    blocking.block_person(cast.bob, cast.erin.pk)
    blocking.unblock_person(cast.bob, cast.erin.pk)
    blocking.unblock_person(cast.bob, cast.erin.pk)
    told = [(channel, payload) for channel, name, payload in ear.heard() if name != "joined"]
    mine = f"user:{{{cast.bob.pk}}}:events"
    assert told == [(mine, {"user": cast.erin.pk, "blocked": yes}) for yes in (True, False)]


def test_bounds(cast, monkeypatch):
    assert _refused(blocking.block_person, cast.bob, cast.bob.pk)[0] == "bad_request"
    assert _refused(blocking.block_person, cast.bob, 999_999)[0] == "not_found"
    monkeypatch.setattr(blocking, "MOST", 1)
    blocking.block_person(cast.bob, cast.erin.pk)
    assert _refused(blocking.block_person, cast.bob, cast.carol.pk)[0] == "conflict"
    assert (block.MOST, Block.objects.count()) == (1_000, 1)
    assert blocking.blocked_people(cast.bob) == [cast.erin]


def test_moderation_goes_on(cast):
    blocking.block_person(cast.erin, cast.dora.pk)
    blocking.block_person(cast.bob, cast.erin.pk)
    seq = cast.say(cast.erin, "rude")
    assert reports.report_message(cast.bob, cast.room.pk, seq, "rude")
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.erin.pk, "rude", 60)


def test_an_erased_person_blocks_nobody_and_left_nothing(cast):
    membership.leave_room(cast.bob, cast.room.pk)
    membership.invite_member(cast.erin, cast.room.pk, cast.bob.pk)
    blocking.block_person(cast.dora, cast.erin.pk)
    blocking.block_person(cast.erin, cast.dora.pk)
    erase_records(cast.erin.pk, deletes_messages=False)
    assert Block.objects.count() == 0
    assert Departure.objects.get().asked_by is None
    erase_records(cast.bob.pk, deletes_messages=False)
    assert Departure.objects.count() == 0


def test_an_export_has_whom_one_blocks_and_not_by_whom_one_is_blocked(cast):
    blocking.block_person(cast.bob, cast.erin.pk)
    blocking.block_person(cast.dora, cast.bob.pk)
    membership.leave_room(cast.bob, cast.room.pk)
    rows = {
        part.name: b"".join(part.content)
        for part in person_parts(cast.bob)
        if part.name in ("blocks.jsonl", "departures.jsonl")
    }
    assert [json.loads(row)["blocked_id"] for row in rows["blocks.jsonl"].splitlines()] == [cast.erin.pk]
    assert [json.loads(row)["state"] for row in rows["departures.jsonl"].splitlines()] == ["left"]
