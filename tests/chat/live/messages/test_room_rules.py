"""The cases of tests/rules/writers.json, decided by the scripts."""

import json
from pathlib import Path

import pytest

from chat.domain.errors import ChatError, RoomsInEarlierRun
from tests.chat.live.conftest import BOB, ROOM, facts, put_room

CASES = json.loads((Path(__file__).parents[3] / "rules/writers.json").read_text())


@pytest.fixture
def code():
    """The code of a refusal, or nothing."""

    def _code(act, *arguments):
        try:
            act(*arguments)
        except ChatError as error:
            return str(error.code)
        return None

    return _code


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['state']}-{case['role']}")
def test_who_may_write_and_edit(any_live, send, code, case):
    put_room(any_live, facts(), 1, {BOB.id: case["role"]})
    send(BOB, "first")
    any_live.rooms.project_room(facts(state=case["state"]), 2)

    refusal = "forbidden" if case["edits"] else "room_closed"
    assert code(send, BOB, "second") == (None if case["writes"] else refusal)
    assert code(any_live.amendments.edit, ROOM, BOB.id, 1, "changed") == (None if case["edits"] else "room_closed")
    assert code(any_live.amendments.react, ROOM, BOB.id, 1, "👍", True) == (None if case["edits"] else "room_closed")
    assert code(any_live.amendments.delete, ROOM, BOB.id, 1) == (None if case["edits"] else "room_closed")


def test_a_room_that_an_earlier_version_projected_is_recovered_first(any_live, room, send):
    send(BOB, "first")
    any_live.client.hdel("room:{7}", "writers", "editors")

    with pytest.raises(RoomsInEarlierRun):
        send(BOB, "second")
    with pytest.raises(RoomsInEarlierRun):
        any_live.amendments.edit(ROOM, BOB.id, 1, "changed")
