"""The log: numbered, stored and published in one step, or refused."""

import json
import time

import pytest

from chat.domain.errors import ChatError, RoomsInEarlierRun
from chat.domain.mentions import NOBODY
from chat.domain.types import Marker, Position
from chat.live.messages.catching_up import WHOLE
from tests.chat.live.conftest import ALICE, BOB, CAROL, ROOM, all_rooms_were_looked_at, facts, put_room


def _refusal(send, author, text="x", **more):
    with pytest.raises(ChatError) as refused:
        send(author, text, **more)
    return refused.value


def _texts(messages):
    return [json.loads(message)["text"] for message in messages]


def test_messages_are_numbered_from_one_without_a_gap(any_live, room, send):
    accepted = [send(author, f"{number}") for number, author in enumerate([ALICE, BOB, ALICE], 1)]

    assert [one.seq for one in accepted] == [1, 2, 3]
    assert len({one.epoch for one in accepted}) == 1
    stored = [json.loads(message) for message in any_live.client.lrange("room:{7}:log", 0, -1)]
    assert [(message["seq"], message["room"], message["text"]) for message in stored] == [(1, 7, "1"), (2, 7, "2"), (3, 7, "3")]
    assert abs(stored[0]["sent_at"] - time.time() * 1000) < 5_000


def test_what_is_stored_is_published_word_for_word(any_live, room, send):
    listener = any_live.client.pubsub(ignore_subscribe_messages=True)
    listener.subscribe("room:{7}:events")
    assert listener.get_message(timeout=1) is None

    send(ALICE, "hello")

    published = listener.get_message(timeout=1)
    epoch = any_live.client.hget("room:{7}", "epoch")
    assert published["data"] == b"message %b 1 %b" % (epoch, any_live.client.lindex("room:{7}:log", -1))
    listener.close()


def test_a_client_id_is_stored_once_for_each_author(any_live, room, send):
    first = send(ALICE, "x", client_id="same")
    again = send(ALICE, "x", client_id="same")
    bobs = send(BOB, "x", client_id="same")

    assert (again.seq, again.epoch, again.sent_at, again.duplicate) == (first.seq, first.epoch, first.sent_at, True)
    assert (bobs.seq, bobs.duplicate) == (2, False)
    assert any_live.client.llen("room:{7}:log") == 2
    assert any_live.client.get("room:{7}:sent:1:same") == b"1"
    assert 47 * 3600 < any_live.client.ttl("room:{7}:sent:1:same") <= 48 * 3600


def test_a_resend_is_recognised_even_after_the_sender_was_muted(any_live, room, send):
    send(BOB, "x", client_id="same")
    any_live.client.hset("room:{7}:sanctions", BOB.id, "mute 0")

    assert send(BOB, "x", client_id="same").duplicate


@pytest.mark.parametrize(("kind", "code"), [("public", "not_member"), ("private", "not_found"), ("direct", "not_found")])
def test_who_is_outside_stores_nothing(any_live, send, kind, code):
    put_room(any_live, facts(kind=kind), 1, {ALICE.id: "owner"})

    assert _refusal(send, CAROL).code == code
    assert any_live.client.llen("room:{7}:log") == 0


def test_a_room_that_is_not_there(send, any_live):
    all_rooms_were_looked_at(any_live)
    assert _refusal(send, ALICE).code == "not_found"
    assert any_live.client.keys("room:*") == []


def test_a_room_that_redis_may_have_lost_is_looked_for_first(send, any_live):
    with pytest.raises(RoomsInEarlierRun) as earlier:
        send(ALICE, "x")
    assert earlier.value.room_ids == [ROOM]
    with pytest.raises(RoomsInEarlierRun):
        any_live.catching_up.catch_up(ALICE.id, {ROOM: Position()})
    with pytest.raises(RoomsInEarlierRun):
        any_live.log.history(ROOM, ALICE.id, 1, None, 10)
    with pytest.raises(RoomsInEarlierRun):
        any_live.reading.move(ROOM, ALICE.id, 1)


@pytest.mark.parametrize(
    ("state", "author", "code"),
    [("locked", BOB, "room_closed"), ("archived", ALICE, "room_closed"), ("announcement", BOB, "forbidden")],
)
def test_a_closed_room_stores_nothing(any_live, room, send, state, author, code):
    any_live.rooms.project_room(facts(state=state), 2)

    assert _refusal(send, author).code == code
    assert any_live.client.llen("room:{7}:log") == 0


def test_an_owner_writes_announcements(any_live, room, send):
    any_live.rooms.project_room(facts(state="announcement"), 2)

    assert send(ALICE, "hear, hear").seq == 1


@pytest.mark.parametrize(("sanction", "code"), [("mute", "muted"), ("ban", "banned")])
def test_a_sanction_holds_until_its_end_and_lifts_itself(any_live, room, send, sanction, code):
    in_a_minute = int(time.time() * 1000) + 60_000
    any_live.client.hset("room:{7}:sanctions", BOB.id, f"{sanction} {in_a_minute}")
    refused = _refusal(send, BOB)
    assert refused.code == code
    assert 58 < refused.retry_in <= 60

    any_live.client.hset("room:{7}:sanctions", BOB.id, f"{sanction} {in_a_minute - 120_000}")
    assert send(BOB, "again").seq == 1


def test_slow_mode_keeps_a_member_waiting_but_not_the_owner(any_live, room, send):
    any_live.rooms.project_room(facts(slow_mode=30), 2)
    send(BOB, "one")

    refused = _refusal(send, BOB, "two")
    assert refused.code == "slow_mode"
    assert 28 < refused.retry_in <= 30
    assert [send(ALICE, text).seq for text in ("a", "b")] == [2, 3]
    assert send(BOB, "one").duplicate


def test_one_cannot_reply_to_what_was_not_said_yet(room, send):
    send(ALICE, "one")

    assert _refusal(send, BOB, reply_to=2).code == "bad_request"
    assert send(BOB, "two", reply_to=1).seq == 2


def test_ones_own_message_is_read_unless_something_before_it_is_not(any_live, room, send):
    send(ALICE, "one")
    send(ALICE, "two")
    send(BOB, "three")

    [alice] = any_live.catching_up.catch_up(ALICE.id, {ROOM: Position()})
    [bob] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position()})
    assert (alice.marker, bob.marker) == (Marker(2, 0, 1, 0), Marker(0, 0, 2, 0))


def test_catching_up_gives_what_follows(any_live, room, send):
    epoch = [send(ALICE, f"{number}") for number in range(1, 6)][-1].epoch

    [found] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(epoch, 3, 0)})
    assert (found.complete, _texts(found.messages), found.position.seq) == (True, ["4", "5"], 5)
    [found] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(epoch, 5, 0)})
    assert (found.complete, found.messages) == (True, [])


@pytest.mark.parametrize("position", [Position("unknown", 3, 0), Position("", 0, 0)])
def test_an_unknown_epoch_gets_the_newest(any_live, room, send, position):
    for number in range(60):
        send(ALICE, f"{number}")

    [found] = any_live.catching_up.catch_up(BOB.id, {ROOM: position})
    assert not found.complete
    assert _texts(found.messages) == [f"{number}" for number in range(10, 60)]


def test_a_position_ahead_of_the_log_gets_the_newest(any_live, room, send):
    epoch = send(ALICE, "one").epoch

    [found] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(epoch, 9, 0)})
    assert (found.complete, _texts(found.messages)) == (False, ["one"])


def test_500_missed_messages_come_whole_and_501_as_a_window(any_live, room, send):
    epoch = [send(ALICE, f"{number}") for number in range(1, 502)][-1].epoch

    [whole] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(epoch, 1, 0)})
    [window] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(epoch, 0, 0)})
    assert (whole.complete, len(whole.messages)) == (True, 500)
    assert (window.complete, len(window.messages)) == (False, 50)


def test_what_was_missed_comes_as_far_as_it_fits(any_live, room, send):
    epoch = [send(ALICE, "x" * 1_000, client_id=f"{number}") for number in range(1, 11)][-1].epoch

    def found(most_bytes, seq=0):
        [caught_up] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(epoch, seq, 0)}, WHOLE._replace(bytes=most_bytes))
        return caught_up.complete, [json.loads(message)["seq"] for message in caught_up.messages]

    assert found(20_000) == (True, [*range(1, 11)])
    assert found(4_000) == (False, [8, 9, 10])
    assert found(4_000, seq=8) == (True, [9, 10])
    assert found(0) == (False, [])
    assert found(0, seq=10) == (True, [])


def test_changes_of_messages_that_do_not_fit_are_left_out(any_live, room, send):
    epoch = [send(ALICE, f"{number}") for number in range(1, 11)][-1].epoch
    for seq in range(1, 6):
        any_live.amendments.edit(ROOM, ALICE.id, seq, "y" * 1_000, NOBODY)

    def found(most_bytes):
        [caught_up] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(epoch, 10, 0)}, WHOLE._replace(bytes=most_bytes))
        return caught_up.complete, len(caught_up.amendments), len(caught_up.messages)

    assert found(20_000) == (True, 5, 0)
    complete, amendments, messages = found(4_000)
    assert (complete, amendments) == (False, 0)
    assert 5 < messages < 10


def test_rooms_that_one_is_not_in_are_left_out(any_live, room):
    assert any_live.catching_up.catch_up(CAROL.id, {ROOM: Position(), 8: Position()}) == []


def test_after_a_new_epoch_the_old_one_is_followed_to_its_end(any_live, room, send):
    old = send(ALICE, "before").epoch
    any_live.client.hset("room:{7}", mapping={f"ended:{old}": "1 0", "epoch": "a new one"})

    new = send(ALICE, "after")

    assert (new.seq, new.epoch) == (2, "a new one")
    [known] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(old, 1, 0)})
    [beyond] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(old, 2, 0)})
    [amended] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position(old, 1, 1)})
    assert (known.complete, _texts(known.messages)) == (True, ["after"])
    assert not beyond.complete
    assert not amended.complete


def test_history_pages_without_a_hole(any_live, room, send):
    for number in range(1, 8):
        send(ALICE, f"{number}")

    def page(low, high, limit):
        found = any_live.log.history(ROOM, BOB.id, low, high, limit)
        assert found.floor == 1
        return _texts(found.messages), found.first

    assert page(1, None, 3) == (["5", "6", "7"], False)
    assert page(1, 5, 3) == (["2", "3", "4"], False)
    assert page(1, 2, 3) == (["1"], True)
    assert page(1, 1, 3) == ([], True)
    assert page(3, 6, 3) == (["3", "4", "5"], False)
    assert page(1, 99, 3) == (["5", "6", "7"], False)


def test_history_is_for_members(any_live, room):
    with pytest.raises(ChatError):
        any_live.log.history(ROOM, CAROL.id, 1, None, 10)
