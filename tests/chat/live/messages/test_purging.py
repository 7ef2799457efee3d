"""Many messages at once: alice moderates, bob wrote most of them."""

import json

import pytest

from chat.domain.types import Position
from chat.live.messages.amendments import Archived
from tests.chat.live.conftest import ALICE, BOB, ROOM


@pytest.fixture
def said(any_live, room, send):
    """Six messages: 1 of alice's, then 2 to 6 of bob's."""
    send(ALICE, "mine")
    return [send(BOB, f"spam {number}").seq for number in range(5)]


@pytest.fixture
def run(any_live):
    return lambda direction, seqs, purge="p1": any_live.purging.run(direction, ROOM, ALICE.id, BOB.id, purge, seqs)


def _texts(any_live):
    page = any_live.log.history(ROOM, ALICE.id, 1, None, 100)
    return [json.loads(message)["text"] for message in page.messages]


def test_a_purge_and_its_return_are_told_one_by_one_in_order(any_live, said, run, told):
    told()
    assert run("purge", said) == (5, [])

    heard = told()
    assert [(name, payload["seq"], payload["rev"], payload["deleted"]) for name, payload in heard] == [
        ("amended", seq, rev, True) for rev, seq in enumerate(said, 1)
    ]
    assert _texts(any_live) == ["mine", "", "", "", "", ""]

    assert run("unpurge", said) == (5, [])
    assert [payload["text"] for _, payload in told()] == [f"spam {number}" for number in range(5)]
    assert _texts(any_live) == ["mine", *(f"spam {number}" for number in range(5))]


def test_a_purge_takes_nobody_elses_and_a_return_brings_only_what_it_took(any_live, said, run):
    any_live.amendments.delete(ROOM, BOB.id, 2)
    assert run("purge", [1, *said, 99]) == (4, [99])
    any_live.amendments.restore(ROOM, ALICE.id, 3, moderates=True)
    any_live.amendments.delete(ROOM, ALICE.id, 3, moderates=True)

    assert run("unpurge", said, purge="another") == (0, [])
    assert run("unpurge", said) == (3, [])
    assert _texts(any_live) == ["mine", "", "", "spam 2", "spam 3", "spam 4"]


def test_what_has_left_the_live_log_is_named_and_taken_once_it_is_warm(any_live, said, run):
    stored = any_live.client.lpop("room:{7}:log", 3)
    assert run("purge", said) == (3, [2, 3])
    any_live.amendments.warm(ROOM, [Archived(seq, stored[seq - 1], b"", {}) for seq in (2, 3)])
    assert run("purge", [2, 3]) == (2, [])


def test_who_was_away_sees_it_too(any_live, said, run):
    [before] = any_live.catching_up.catch_up(BOB.id, {ROOM: Position()})
    run("purge", said)
    [after] = any_live.catching_up.catch_up(BOB.id, {ROOM: before.position})
    assert [json.loads(amendment)["seq"] for amendment in after.amendments] == said
