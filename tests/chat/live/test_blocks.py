"""What a block changes in a live room: bob writes, dora or alice blocks him, and he is never told."""

import json
from pathlib import Path

import pytest

from chat.domain.errors import ChatError
from chat.domain.mentions import named_in
from chat.domain.types import Author, Position
from chat.live.blocks import Blocks, ids_of
from tests.chat.live.conftest import ALICE, BOB, ROOM, all_rooms_were_looked_at, facts, member, put_room

DORA = Author(4, "dora", "Dora")
CASES = json.loads((Path(__file__).parents[2] / "rules/mentioned.json").read_text())


@pytest.fixture
def room(any_live):
    put_room(any_live, facts(), 1, {ALICE.id: "owner", BOB.id: "moderator"})
    any_live.rooms.project_member(ROOM, 2, DORA.id, member(DORA.id, handle="dora"))
    all_rooms_were_looked_at(any_live)
    return ROOM


@pytest.fixture
def project(any_live):
    """Bring a member to the live room with the blocks that the record has."""
    versions = iter(range(10, 100))

    def _project(author, blockers=(), blocked=(), role="moderator"):
        place = member(author.id, role, handle=author.handle)
        return any_live.rooms.project_member(
            ROOM, next(versions), author.id, place, blocks=Blocks([each.id for each in blockers], [each.id for each in blocked])
        )

    return _project


@pytest.fixture
def mentions(any_live):
    def _mentions(author):
        [found] = any_live.catching_up.catch_up(author.id, {ROOM: Position()})
        return found.marker.mentions

    return _mentions


def _refused(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value.code, refused.value.message


def test_ids_are_found_between_spaces():
    assert (ids_of([]), ids_of([42, 7])) == ("", " 7 42 ")


def test_mentions_by_a_blocked_person_count_for_nobody_who_blocks_them(room, send, project, mentions):
    project(BOB, blockers=[DORA])
    send(BOB, "@alice and @dora")
    send(BOB, "@room")
    assert (mentions(ALICE), mentions(DORA), mentions(BOB)) == (2, 0, 0)
    send(ALICE, "@dora @bob")
    assert (mentions(DORA), mentions(BOB)) == (1, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_whose_mention_a_message_is(any_live, room, send, project, mentions, case):
    people = {ALICE.id: ALICE, BOB.id: BOB, DORA.id: DORA}
    project(BOB, blockers=[people[user_id] for user_id in case["blocked_by"]])
    handles = {0: "room"} | {user_id: person.handle for user_id, person in people.items()}
    send(BOB, " ".join(["hello", *(f"@{handles[user_id]}" for user_id in case["mentions"])]))
    assert [user_id for user_id, person in people.items() if mentions(person)] == case["counts_for"]


def test_edits_deletions_and_returns_count_the_same(any_live, room, send, project, mentions):
    project(BOB, blockers=[DORA])
    seq = send(BOB, "nothing").seq
    any_live.amendments.edit(ROOM, BOB.id, seq, "@dora @alice", named_in("@dora @alice"))
    assert (mentions(ALICE), mentions(DORA)) == (1, 0)
    any_live.amendments.delete(ROOM, BOB.id, seq)
    assert (mentions(ALICE), mentions(DORA)) == (0, 0)
    any_live.amendments.restore(ROOM, BOB.id, seq)
    assert (mentions(ALICE), mentions(DORA)) == (1, 0)


def test_what_was_left_out_under_a_block_is_left_out_until_it_goes(any_live, room, send, project, mentions):
    project(BOB, blockers=[DORA])
    under = send(BOB, "@room").seq
    project(BOB)
    send(BOB, "@room again")
    assert (mentions(ALICE), mentions(DORA)) == (2, 1)
    any_live.amendments.delete(ROOM, BOB.id, under)
    assert (mentions(ALICE), mentions(DORA)) == (1, 1)


def test_a_block_comes_with_either_of_the_two_and_stays_when_the_blocked_one_leaves(any_live, room, send, project, mentions):
    project(DORA, blocked=[BOB, ALICE], role="member")
    send(BOB, "@dora")
    assert mentions(DORA) == 0
    project(DORA, blocked=[ALICE], role="member")
    send(BOB, "@dora, you hear me now")
    assert mentions(DORA) == 1
    send(ALICE, "@room")
    any_live.rooms.project_member(ROOM, 200, ALICE.id, None)
    assert mentions(DORA) == 1


def test_nobody_is_told_of_a_block(room, project, told):
    told()
    assert project(BOB, blockers=[DORA])
    assert told() == []
    project(BOB, blockers=[DORA])
    assert [name for name, _ in told()] == ["member"]


@pytest.fixture
def direct(any_live):
    put_room(any_live, facts(kind="direct"), 1, {ALICE.id: "member", BOB.id: "member"})
    all_rooms_were_looked_at(any_live)


def test_between_two_people_a_block_ends_messages_edits_and_reactions(any_live, direct, send, project):
    seq = send(BOB, "hello").seq
    send(ALICE, "please go")
    project(BOB, blockers=[ALICE], role="member")

    refused = ("forbidden", "This person does not accept direct messages.")
    assert _refused(send, BOB, "no") == refused
    assert _refused(any_live.amendments.edit, ROOM, BOB.id, seq, "no") == refused
    assert _refused(any_live.amendments.react, ROOM, BOB.id, seq, "👍", True) == refused
    assert _refused(send, ALICE, "by the way") == ("forbidden", "You have blocked this person.")
    # What was acknowledged is answered again; what one wrote can still be deleted.
    assert send(BOB, "hello").duplicate
    assert any_live.amendments.delete(ROOM, BOB.id, seq)
    project(BOB, role="member")
    assert send(BOB, "sorry").seq == 3


def test_in_a_larger_direct_room_the_others_go_on(any_live, direct, send, project, mentions):
    any_live.rooms.project_member(ROOM, 2, DORA.id, member(DORA.id, handle="dora"))
    project(BOB, blockers=[ALICE], role="member")
    assert send(BOB, "@alice @dora").seq == 1
    assert (mentions(ALICE), mentions(DORA)) == (0, 1)


def test_after_a_loss_the_record_s_blocks_hold(any_live, room, send, project):
    project(BOB, blockers=[DORA])
    run_id, _ = any_live.runs.now_and_checked()
    [seen] = any_live.recovery.look([ROOM])
    any_live.recovery.rebuild(run_id, seen, facts(), 300, [], None, blockers={ALICE.id: [BOB.id, DORA.id]})
    kept = {key.decode(): value.decode() for key, value in any_live.client.hgetall("room:{7}:blocks").items()}
    assert kept == {"1": " 2 4 ", "ever/1": " 2 4 ", "ever/2": " 4 "}
