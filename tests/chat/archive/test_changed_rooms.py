"""What a turn of the archiver costs follows what has changed, not how many rooms there are."""

import pytest
from django.db import OperationalError

from chat.actions.rooms import membership
from chat.archive import archiver as archiving
from chat.archive.archiver import Archiver
from chat.archive.writing import transaction
from chat.models import Room


def _add_rooms(count):
    first = Room.objects.count()
    Room.objects.bulk_create(Room(name=f"Room {number}", slug=f"room-{number}") for number in range(first, first + count))


def _commands(live, work):
    """Count what Redis is asked for meanwhile."""
    before = live.client.info("stats")["total_commands_processed"]
    work()
    return live.client.info("stats")["total_commands_processed"] - before


def _sweep(archiver):
    """Turn until everything there was has been looked at once."""
    archiver.turn()
    while archiver._unswept:
        archiver.turn()


def test_an_idle_turn_costs_the_same_with_ten_times_the_rooms(talk, archiver, live):
    costs = []
    for more in (300, 2_700):
        _add_rooms(more)
        _sweep(archiver)
        archiver.turn()
        costs.append(_commands(live, archiver.turn))
    assert costs[1] < 1.5 * costs[0]


def test_what_is_said_is_copied_in_the_next_turn_however_many_rooms_there_are(three_talks, archiver, monkeypatch, numbered):
    monkeypatch.setattr(archiving, "SWEPT_PER_TURN", 1)
    _sweep(archiver)
    archiver.turn()
    for talk in three_talks:
        talk.say()
    archiver.turn()
    assert [talk.archived() for talk in three_talks] == [numbered(1)] * 3


def test_a_change_and_a_moved_marker_are_noted_as_well(talk, archiver, live):
    talk.say(2)
    _sweep(archiver)
    assert live.archiving.take_changed(10) == set()
    live.amendments.edit(talk.room, talk.alice.id, 1, "better")
    assert live.archiving.take_changed(10) == {talk.room}
    live.reading.move(talk.room, talk.bob.id, 1)
    assert live.archiving.take_changed(10) == {talk.room}


def test_a_change_whose_note_was_lost_is_found_later(talk, archiver, live, monkeypatch, numbered):
    _add_rooms(5)
    monkeypatch.setattr(archiving, "SWEPT_PER_TURN", 2)
    _sweep(archiver)
    talk.say()
    live.archiving.take_changed(10)  # as an archiver did that was killed before it copied
    for _ in range(5):
        archiver.turn()
    assert talk.archived() == numbered(1)


def test_what_a_new_archiver_finds_is_copied_at_once(talk, live, numbered):
    talk.say(3)
    live.archiving.take_changed(10)
    Archiver(live).turn()
    assert talk.archived() == numbered(3)


def test_a_turn_that_failed_is_made_up_for_by_the_next(talk, archiver, live, monkeypatch, numbered):
    _sweep(archiver)
    monkeypatch.setattr(archiving, "SWEPT_PER_TURN", 0)
    talk.say(3)
    with monkeypatch.context() as patch:
        patch.setattr(transaction, "write", _fails)
        with pytest.raises(OperationalError):
            archiver.turn()
    archiver.turn()
    assert talk.archived() == numbered(3)


def test_an_archiver_that_stops_leaves_what_it_took_to_the_next(talk, archiver, live, monkeypatch):
    _sweep(archiver)
    talk.say(3)
    with monkeypatch.context() as patch:
        patch.setattr(transaction, "write", _fails)
        with pytest.raises(OperationalError):
            archiver.turn()
    assert live.archiving.take_changed(10) == set()
    archiver.stop()
    assert live.archiving.take_changed(10) == {talk.room}


def test_a_room_in_an_earlier_run_is_copied_once_it_is_recovered(talk, archiver, live, monkeypatch, numbered):
    _sweep(archiver)
    monkeypatch.setattr(archiving, "SWEPT_PER_TURN", 0)
    talk.say(2)
    run_id = live.client.hget(f"room:{{{talk.room}}}", "run_id")
    live.client.hset(f"room:{{{talk.room}}}", "run_id", "earlier")
    archiver.turn()
    assert talk.archived() == []
    live.client.hset(f"room:{{{talk.room}}}", "run_id", run_id)
    archiver.turn()
    assert talk.archived() == numbered(2)


def test_the_marker_of_somebody_who_joins_is_noted(talk, live):
    membership.leave_room(talk.bob, talk.room)
    live.archiving.take_changed(10)
    membership.join_room(talk.bob, talk.room)
    assert live.archiving.take_changed(10) == {talk.room}


def _fails(parts):
    raise OperationalError("disk I/O error")
