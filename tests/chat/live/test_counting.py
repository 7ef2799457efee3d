"""What each member has not read, and what of it mentions them. alice owns, bob and dora are members, carol is outside."""

import json

import pytest

from chat.domain.errors import ChatError
from chat.domain.mentions import EVERYONE_UP_TO, named_in
from chat.domain.types import Author, Marker, Position
from tests.chat.live.conftest import ALICE, BOB, CAROL, ROOM, all_rooms_were_looked_at, facts, member, put_room

DORA = Author(4, "dora", "Dora")


@pytest.fixture
def room(any_live):
    put_room(any_live, facts(), 1, {ALICE.id: "owner", BOB.id: "member"})
    any_live.rooms.project_member(ROOM, 2, DORA.id, member(DORA.id, handle="dora"))
    all_rooms_were_looked_at(any_live)
    return ROOM


@pytest.fixture
def marker(any_live, room):
    """Where a member stands."""

    def _marker(author):
        [found] = any_live.catching_up.catch_up(author.id, {ROOM: Position()})
        return found.marker

    return _marker


@pytest.fixture
def back(any_live, room):
    """Mark as unread from where the marker is, as an action does."""

    def _back(author, seq):
        read = any_live.reading.move(ROOM, author.id, 0).marker.read
        own = any_live.log.own_messages(ROOM, author.id, seq, read).seqs
        return any_live.reading.move_back(ROOM, author.id, seq, read, own).marker

    return _back


@pytest.fixture
def edit(any_live):
    def _edit(author, seq, text):
        return any_live.amendments.edit(ROOM, author.id, seq, text, named_in(text))

    return _edit


def test_a_message_says_whom_it_names(room, send, told, marker):
    send(BOB, "@alice and @Dora, meet @carol and @nobody")
    [(_, message)] = told()
    assert message["mentions"] == [ALICE.id, DORA.id]
    assert [marker(author) for author in (ALICE, BOB, DORA)] == [Marker(0, 0, 1, 1), Marker(1, 0, 0, 0), Marker(0, 0, 1, 1)]


def test_who_is_named_may_end_a_sentence(room, any_live, send, told):
    any_live.rooms.project_member(ROOM, 3, 5, member(5, handle="dora.b"))
    send(BOB, "@dora.b")
    send(BOB, "@dora.But @dora")
    assert [message["mentions"] for _, message in told() if "mentions" in message] == [[5], [DORA.id]]


def test_nobody_is_mentioned_by_themself(room, send, told, marker):
    send(ALICE, "first")
    send(BOB, "note to @bob")
    send(BOB, "@room, this is @bob")
    assert [message["mentions"] for _, message in told()[1:]] == [[BOB.id], [0, BOB.id]]
    assert marker(BOB) == Marker(0, 0, 1, 0)
    assert marker(DORA) == Marker(0, 0, 3, 1)


def test_in_a_large_room_only_moderators_name_everyone(room, any_live, send, told, marker):
    for user in range(10, 10 + EVERYONE_UP_TO):
        any_live.rooms.project_member(ROOM, 3, user, member(user))
    told()
    send(BOB, "@room, @dora!")
    send(ALICE, "@room, @dora!")
    assert [message["mentions"] for _, message in told()] == [[DORA.id], [0, DORA.id]]
    assert marker(DORA) == Marker(0, 0, 2, 2)


def test_ones_own_messages_are_never_unread(room, send, marker, back):
    send(ALICE, "one")
    for text in ("two", "three"):
        send(BOB, text)
    assert marker(BOB) == Marker(0, 0, 1, 0)
    send(ALICE, "four, @bob")
    assert marker(BOB) == Marker(0, 0, 2, 1)
    assert back(BOB, 0) == Marker(0, 0, 2, 1)


def test_what_is_deleted_is_not_unread_and_is_again_when_it_comes_back(room, any_live, send, marker):
    send(ALICE, "@bob")
    send(BOB, "me")
    send(DORA, "@room")
    assert marker(BOB) == Marker(0, 0, 2, 2)
    for seq, left in ((1, Marker(0, 0, 1, 1)), (2, Marker(0, 0, 1, 1)), (3, Marker(0, 0, 0, 0))):
        any_live.amendments.delete(ROOM, ALICE.id, seq, moderates=True)
        assert marker(BOB) == left
    for seq, left in ((3, Marker(0, 0, 1, 1)), (2, Marker(0, 0, 1, 1)), (1, Marker(0, 0, 2, 2))):
        any_live.amendments.restore(ROOM, ALICE.id, seq, moderates=True)
        assert marker(BOB) == left


def test_an_edit_changes_who_is_mentioned(room, any_live, send, edit, told, marker):
    send(ALICE, "@bob")
    told()
    edit(ALICE, 1, "@dora")
    assert told()[0][1]["mentions"] == [DORA.id]
    assert (marker(BOB), marker(DORA)) == (Marker(0, 0, 1, 0), Marker(0, 0, 1, 1))
    edit(ALICE, 1, "@room")
    assert (marker(BOB), marker(DORA)) == (Marker(0, 0, 1, 1), Marker(0, 0, 1, 1))
    edit(ALICE, 1, "nobody")
    assert "mentions" not in told()[-1][1]
    assert (marker(BOB), marker(DORA)) == (Marker(0, 0, 1, 0), Marker(0, 0, 1, 0))


def test_a_message_as_it_stands_names_whom_its_text_names(room, any_live, send, edit, told):
    send(ALICE, "@bob")
    send(ALICE, "@dora")
    edit(ALICE, 1, "@dora and @bob")
    any_live.amendments.delete(ROOM, ALICE.id, 2)
    shown = [json.loads(message) for message in any_live.log.history(ROOM, BOB.id, 1, 3, 2).messages]
    assert [message.get("mentions") for message in shown] == [[DORA.id, BOB.id], None]
    told()
    any_live.amendments.restore(ROOM, ALICE.id, 2)
    [(_, restored)] = told()
    assert (restored["text"], restored["mentions"]) == ("@dora", [DORA.id])


def test_reading_is_told_and_answered_with_what_is_left(room, any_live, send, told):
    for text in ("one", "@carol", "@bob", "four"):
        send(ALICE, text)
    any_live.rooms.project_member(ROOM, 3, CAROL.id, member(CAROL.id))
    send(ALICE, "again, @carol")
    told()
    reading = any_live.reading.move(ROOM, BOB.id, 2)
    assert (reading.marker, reading.position.seq) == (Marker(2, 0, 3, 1), 5)
    assert any_live.reading.move(ROOM, BOB.id, 1).marker == Marker(2, 0, 3, 1)
    assert any_live.reading.move(ROOM, BOB.id, 99).marker == Marker(5, 0, 0, 0)
    any_live.reading.move(ROOM, CAROL.id, 5)
    any_live.reading.move_back(ROOM, CAROL.id, 4, 5, [])
    assert told() == [("read", {"room": 7, "seq": 5, "turn": 0}), ("read", {"room": 7, "seq": 4, "turn": 1})]


def test_marking_as_unread_brings_back_what_was_read(room, any_live, send, marker, back):
    for author, text in ((ALICE, "@bob"), (BOB, "mine"), (DORA, "@room"), (BOB, "@room"), (ALICE, "five")):
        send(author, text)
    any_live.amendments.delete(ROOM, ALICE.id, 5)
    any_live.reading.move(ROOM, BOB.id, 5)
    assert marker(BOB) == Marker(5, 0, 0, 0)
    assert back(BOB, 2) == Marker(2, 1, 1, 1)
    assert back(BOB, 0) == Marker(0, 2, 2, 2)
    assert marker(BOB) == Marker(0, 2, 2, 2)


def test_what_was_read_in_an_earlier_turn_is_not_read_in_this_one(room, any_live, send, back):
    for number in range(4):
        send(ALICE, f"{number}")
    any_live.reading.move(ROOM, BOB.id, 3, turn=0)
    back(BOB, 1)
    assert any_live.reading.move(ROOM, BOB.id, 4, turn=0).marker == Marker(1, 1, 3, 0)
    assert any_live.reading.move(ROOM, BOB.id, 2, turn=1).marker == Marker(2, 1, 2, 0)
    assert any_live.reading.move(ROOM, BOB.id, 4).marker == Marker(4, 1, 0, 0)


def test_a_marker_that_moved_meanwhile_is_not_moved_back(room, any_live, send):
    send(ALICE, "one")
    send(ALICE, "two")
    any_live.reading.move(ROOM, BOB.id, 2)
    assert any_live.reading.move_back(ROOM, BOB.id, 0, 1, []) is None


def test_only_members_have_a_marker(room, any_live):
    with pytest.raises(ChatError) as refused:
        any_live.reading.move(ROOM, CAROL.id, 1)
    assert refused.value.code == "not_member"


def test_only_what_is_above_the_marker_is_remembered_as_ones_own(room, any_live, send, back):
    for number in range(5):
        send(ALICE, f"@bob {number}")
        send(BOB, f"@room {number}")
    assert any_live.client.zcard("room:{7}:own:2") == 5
    any_live.reading.move(ROOM, BOB.id, 8)
    assert any_live.client.zrange("room:{7}:own:2", 0, -1) == [b"10"]
    back(BOB, 0)
    any_live.rooms.project_member(ROOM, 3, BOB.id, None)
    assert not any_live.client.exists("room:{7}:own:2")


def test_the_newest_mentions_are_kept(room, any_live, send):
    any_live.client.zadd("room:{7}:mentions:2", {f"{number / 2000}": number / 2000 for number in range(1_000)})
    send(ALICE, "@bob")
    assert any_live.client.zcard("room:{7}:mentions:2") == 1_000
    assert any_live.client.zscore("room:{7}:mentions:2", "1") == 1


def test_what_is_left_out_far_back_is_forgotten(room, any_live, send):
    send(BOB, "one")
    any_live.amendments.delete(ROOM, BOB.id, 1)
    any_live.client.hset("room:{7}", "seq", 20_099)
    any_live.client.hset("room:{7}:read", BOB.id, 5)
    send(ALICE, "two")
    send(BOB, "three")
    any_live.amendments.delete(ROOM, ALICE.id, 20_100)
    assert any_live.client.zrange("room:{7}:deleted", 0, -1) == [b"20100"]
    [found] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position()})
    assert found.marker == Marker(5, 0, 9_998, 0)
