"""The live room is what the record says; what comes late changes nothing."""

from chat.domain.types import Notifications
from chat.live.live_state import LiveState
from chat.live.redis import keys
from tests.chat.live.conftest import ALICE, BOB, CAROL, ROOM, facts, member, put_room


def test_a_room_and_its_members(any_live: LiveState, room: int) -> None:
    assert any_live.rooms.facts(room) == facts()
    assert any_live.client.hgetall("room:{7}:members") == {b"1": b"owner", b"2": b"member"}
    assert any_live.rooms.versions([room, 8]) == [1, 0]
    assert any_live.rooms.facts(8) is None


def test_a_change_is_told_to_the_room(any_live: LiveState, room: int, told) -> None:
    assert any_live.rooms.project_room(facts(topic="Tea"), 2)
    [(name, payload)] = told()
    assert (name, payload["room"], payload["id"], payload["topic"]) == ("room", 7, 7, "Tea")


def test_a_late_projection_changes_nothing(any_live: LiveState, room: int, told) -> None:
    any_live.rooms.project_room(facts(name="Newer"), 5)
    told()

    assert not any_live.rooms.project_room(facts(name="Older"), 4)
    assert not any_live.rooms.project_member(ROOM, 4, BOB.id, None)
    assert any_live.rooms.facts(ROOM) == facts(name="Newer")
    assert any_live.rooms.members_among(ROOM, [ALICE.id, BOB.id, CAROL.id]) == {ALICE.id, BOB.id}
    assert told() == []


def test_who_comes_in_is_told_and_has_nothing_unread(any_live: LiveState, room: int, send, told) -> None:
    send(ALICE, "before carol")
    told()
    assert any_live.rooms.project_member(ROOM, 2, CAROL.id, member(CAROL.id))
    assert told() == [("member", {"room": 7, "user": 3, "role": "member"}), ("joined", {"room": 7})]
    assert any_live.client.hget("room:{7}:read", CAROL.id) == b"1"


def test_who_went_and_comes_back_has_nothing_unread_either(any_live: LiveState, room: int, send) -> None:
    any_live.rooms.project_member(ROOM, 2, BOB.id, None)
    send(ALICE, "while bob is out")
    any_live.rooms.project_member(ROOM, 3, BOB.id, member(BOB.id))
    assert any_live.client.hget("room:{7}:read", BOB.id) == b"1"


def test_what_somebody_wants_to_be_told_is_told_to_nobody(any_live: LiveState, room: int, told) -> None:
    hushed = member(BOB.id, notifications=Notifications("nothing", muted=True))
    assert any_live.rooms.project_member(ROOM, 2, BOB.id, hushed)
    assert "member" not in [name for name, _ in told()]
    assert any_live.client.hgetall("room:{7}:notifications") == {b"2": b"nothing muted"}
    assert any_live.rooms.project_member(ROOM, 3, BOB.id, member(BOB.id, "moderator"))
    assert told() == [("member", {"room": 7, "user": 2, "role": "moderator"})]
    assert any_live.client.hgetall("room:{7}:notifications") == {}


def test_a_new_handle_takes_the_place_of_the_old_one(any_live: LiveState, room: int, told) -> None:
    any_live.rooms.project_member(ROOM, 2, BOB.id, member(BOB.id, handle="robert"))
    assert told() == [("member", {"room": 7, "user": 2, "role": "member"})]
    assert any_live.client.hgetall("room:{7}:handles") == {b"@alice": b"1", b"1": b"alice", b"@robert": b"2", b"2": b"robert"}
    any_live.rooms.project_member(ROOM, 3, BOB.id, None)
    assert any_live.client.hgetall("room:{7}:handles") == {b"@alice": b"1", b"1": b"alice"}


def test_two_may_exchange_their_handles(any_live: LiveState, room: int) -> None:
    any_live.rooms.project_member(ROOM, 2, BOB.id, member(BOB.id, handle="alice"))
    any_live.rooms.project_member(ROOM, 3, ALICE.id, member(ALICE.id, "owner", handle="bob"))
    assert any_live.client.hgetall("room:{7}:handles") == {b"@alice": b"2", b"2": b"alice", b"@bob": b"1", b"1": b"bob"}


def test_who_is_removed_is_told_why_before_the_room_goes_on(any_live: LiveState, room: int, told) -> None:
    assert any_live.rooms.project_member(ROOM, 2, BOB.id, None, "spam")
    assert told() == [
        ("removed", {"room": 7, "user": 2, "reason": "spam"}),
        ("member", {"room": 7, "user": 2, "role": None}),
    ]


def test_a_member_of_a_room_that_is_not_live_waits_for_the_room(any_live: LiveState) -> None:
    assert not any_live.rooms.project_member(ROOM, 1, BOB.id, member(BOB.id))
    assert any_live.client.keys("*") == []


def test_restoring_keeps_the_log_and_replaces_the_members(any_live: LiveState, room: int, send) -> None:
    send(BOB, "mine")
    put_room(any_live, facts(), 9, {ALICE.id: "owner", CAROL.id: "member"})
    assert any_live.rooms.members_among(ROOM, [1, 2, 3]) == {1, 3}
    assert send(CAROL, "next").seq == 2


def test_what_is_restored_may_be_older_than_what_is_there(any_live: LiveState, room: int) -> None:
    any_live.rooms.project_room(facts(name="From the future"), 50)
    put_room(any_live, facts(name="From the backup"), 3, {ALICE.id: "owner"})
    assert (any_live.rooms.facts(ROOM), any_live.rooms.versions([ROOM])) == (facts(name="From the backup"), [3])


def test_nothing_is_projected_where_no_room_is(any_live: LiveState) -> None:
    assert not any_live.rooms.project_room(facts(), 1)
    assert any_live.client.keys("*") == []


def test_every_key_of_a_room_is_in_one_slot() -> None:
    names = [
        *(name(7) for name in (keys.room, keys.log, keys.members, keys.sanctions, keys.read, keys.online, keys.away)),
        *(keys.present(7), keys.events(7), keys.sent(7, 5, "abc"), keys.slow(7, 5), keys.reactions(7, 5)),
        *(keys.amended(7), keys.revisions(7), keys.cold(7), keys.handles(7), keys.notifications(7)),
    ]
    assert all("{7}" in name for name in names)
