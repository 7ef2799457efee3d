"""After Redis restarted or lost data: rooms are as they were, with numbers that never go back."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from chat.actions.messages.amendments import delete_message, edit_message, react_to_message, restore_message
from chat.actions.messages.sending import read_history, send_messages
from chat.actions.rooms import creating, membership
from chat.archive import restoring
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError
from chat.domain.protocol import Delete, Edit, History, React, Restore, Send
from chat.domain.types import Accepted, Member, Notifications, Position
from chat.live.live_state import LiveState, live_state
from chat.live.redis.client import connect
from chat.models import ArchivedEpoch, ArchiveState, Membership
from chat.sync import recovery
from tests.support.redis_servers import RedisProcess


class MortalRedis(RedisProcess):
    """A Redis of one's own, whose files may be operated on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._files = folder / "appendonlydir"
        self._copy = folder / "yesterday"

    def restart(self) -> None:
        self.kill()
        self.start()

    def tear(self, size: int) -> None:
        """Lose the end of the append-only file, as a disk may."""
        self.kill()
        [file] = self._files.glob("*.incr.aof")
        file.write_bytes(file.read_bytes()[:-size])
        self.start()

    def back_up(self) -> None:
        shutil.copytree(self._files, self._copy)

    def restore_backup(self) -> None:
        self.kill()
        shutil.rmtree(self._files)
        shutil.copytree(self._copy, self._files)
        self.start()


@pytest.fixture
def redis_process(tmp_path: Path) -> Iterator[MortalRedis]:
    server = MortalRedis(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def live(redis_process: MortalRedis) -> Iterator[LiveState]:
    """What all actions use, on a Redis that may be hurt."""
    live = LiveState(connect(redis_process.url))
    live_state.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chat.live.live_state.LiveState", lambda *_stores, **_more: live)
        yield live
    live_state.cache_clear()
    live.client.close()


def _history(talk):
    messages: list[dict[str, Any]] = []
    before = None
    while True:
        page = read_history(talk.bob.id, History(talk.room, before=before, limit=100))
        messages = [json.loads(message) for message in page.messages] + messages
        if page.first:
            return messages
        before = messages[0]["seq"]


def _texts(talk):
    return [f"{message['seq']} {message['text']}" for message in _history(talk)]


def test_the_start_restores_what_redis_lost(live, talk):
    live.client.flushall()
    assert recovery.recover_all() == 1
    assert live.rooms.facts(talk.room).name == "Lounge"
    assert live.rooms.member_ids(talk.room) == {talk.alice.id, talk.bob.id}
    assert recovery.recover_all() == 0


def test_the_start_takes_the_records_word_over_a_redis_that_is_ahead(live, talk):
    live.rooms.project_member(talk.room, 99, 77, Member(77, "ghost", "owner", Notifications("all")))
    assert recovery.recover_all() == 1
    assert live.rooms.member_ids(talk.room) == {talk.alice.id, talk.bob.id}
    membership.leave_room(talk.bob, talk.room)
    assert live.rooms.member_ids(talk.room) == {talk.alice.id}


def test_a_restart_that_lost_nothing_only_begins_an_epoch(live, talk, redis_process, numbered):
    talk.say(20)
    live.amendments.edit(talk.room, talk.alice.id, 3, "message 3!")
    before = talk.position()
    redis_process.restart()
    assert recovery.recover_all() == 0
    after = talk.position()
    assert (after.seq, after.rev, after.epoch != before.epoch) == (20, 1, True)
    assert live.client.hget(f"room:{{{talk.room}}}", f"ended:{before.epoch}") == b"20 1"
    assert talk.catch_up(Position(before.epoch, 15, 1))[:2] == (True, [16, 17, 18, 19, 20])
    assert talk.say() == 21


def test_after_flushall_everything_that_was_archived_is_back(live, talk, archiver, settings, numbered):
    settings.HOT_MESSAGES = 100
    talk.say(250)
    for seq in (30, 200):
        live.amendments.edit(talk.room, talk.alice.id, seq, f"message {seq}.")
        live.amendments.react(talk.room, talk.bob.id, seq, "👍", True)
    live.amendments.delete(talk.room, talk.alice.id, 210)
    live.reading.move(talk.room, talk.bob.id, 240)
    archiver.turn()
    before, shown = talk.position(), _history(talk)

    live.client.flushall()
    recovery.watch()

    after = talk.position()
    assert (after.seq, after.rev, after.epoch != before.epoch) == (250, 5, True)
    assert talk.live_seqs() == list(range(151, 251))
    assert _history(talk) == shown
    assert talk.resend(249) == (249, True)
    assert talk.resend(3) == (3, True)
    complete, seqs, found = talk.catch_up(Position(before.epoch, 245, 2))
    assert (complete, seqs, found.marker.read) == (True, [246, 247, 248, 249, 250], 240)
    assert [json.loads(amendment)["seq"] for amendment in found.amendments] == [200, 210]
    assert [json.loads(amendment).get("reactions", [{}])[0].get("mine") for amendment in found.amendments] == [True, None]
    assert talk.say() == 251
    assert live.amendments.react(talk.room, talk.bob.id, 200, "👍", False) == 6
    archiver.turn()
    assert [text.split()[0] for text in talk.archived()] == [str(seq) for seq in range(1, 252)]


def test_what_flushall_took_before_it_was_archived_is_told_truthfully(live, talk, archiver):
    talk.say(20)
    archiver.turn()
    before = talk.position()
    talk.say(10)
    live.client.flushall()
    recovery.recover_all()

    assert talk.position().seq == 20
    assert talk.catch_up(Position(before.epoch, 18, 0))[:2] == (True, [19, 20])
    assert talk.catch_up(Position(before.epoch, 25, 0))[0] is False
    # A browser keeps what was acknowledged for a while and sends it again when the epoch changes.
    assert talk.resend(20) == (20, True)
    assert talk.resend(21) == (21, False)
    archiver.turn()
    live.archiving.release_lease(archiver._token)
    Archiver(live).turn()
    assert talk.archived() == [f"{seq} message {seq}" for seq in range(1, 22)]


def test_a_torn_tail_is_mended_from_the_archive(live, talk, archiver, redis_process, numbered):
    talk.say(100)
    live.amendments.edit(talk.room, talk.alice.id, 50, "message 50.")
    talk.say(20)
    live.amendments.react(talk.room, talk.bob.id, 110, "👍", True)
    archiver.turn()
    before = talk.position()
    redis_process.tear(8_000)
    [seen] = live.recovery.look([talk.room])
    assert 50 < seen.seq < 120
    assert recovery.recover_all() == 1

    assert (talk.position().seq, talk.position().rev) == (120, 2)
    assert talk.live_seqs() == list(range(1, 121))
    expected = numbered(120)
    expected[49] += "."
    assert _texts(talk) == expected
    assert talk.catch_up(Position(before.epoch, 118, 2))[:2] == (True, [119, 120])
    assert [talk.resend(seq) for seq in (5, 119, 120)] == [(5, True), (119, True), (120, True)]
    assert live.amendments.react(talk.room, talk.bob.id, 110, "👍", True) == 2
    assert talk.say() == 121


def test_a_torn_tail_that_was_not_archived_ends_the_epoch_where_it_is_torn(live, talk, archiver, redis_process):
    talk.say(50)
    archiver.turn()
    before = talk.position()
    talk.say(50)
    redis_process.tear(5_000)
    recovery.recover_all()
    last = talk.position().seq
    assert 50 < last < 100
    assert talk.catch_up(Position(before.epoch, last, 0))[:2] == (True, [])
    assert not talk.catch_up(Position(before.epoch, last + 1, 0))[0]
    archiver.turn()
    assert [talk.resend(seq)[1] for seq in (last, last + 1)] == [True, False]


@pytest.mark.parametrize("is_archived", [False, True])
def test_who_still_sees_a_lost_message_does_not_change_the_one_that_got_its_number(live, talk, archiver, settings, is_archived):
    settings.HOT_MESSAGES = 100
    talk.say(9)
    archiver.turn()
    talk.say()
    lost = talk.position().epoch
    live.client.flushall()
    recovery.recover_all()
    assert talk.say() == 10
    kept = talk.position().epoch
    if is_archived:
        talk.say(110)
        archiver.turn()

    for change in (
        lambda epoch: edit_message(talk.alice.id, Edit(talk.room, 10, "changed", epoch)),
        lambda epoch: delete_message(talk.alice, Delete(talk.room, 10, epoch=epoch)),
        lambda epoch: restore_message(talk.alice, Restore(talk.room, 10, epoch=epoch)),
        lambda epoch: react_to_message(talk.alice.id, React(talk.room, 10, "👍", True, epoch)),
    ):
        with pytest.raises(ChatError) as refused:
            change(lost)
        assert refused.value.code == "not_found"
        assert change(kept)
    assert _history(talk)[9]["text"] == "changed"


@pytest.mark.parametrize("is_archived", [True, False])
def test_a_message_that_was_numbered_and_not_kept_leaves_no_hole(live, talk, archiver, redis_process, numbered, is_archived):
    """A Redis that cut its torn log within a transaction, as 7.0 does when nobody mends the log before it starts."""
    talk.say(10)
    if is_archived:
        archiver.turn()
    before = talk.position()
    live.client.rpop(f"room:{{{talk.room}}}:log")
    live.client.delete(f"room:{{{talk.room}}}:sent:{talk.alice.id}:client-000010")
    redis_process.restart()
    recovery.recover_all()

    assert talk.catch_up(Position(before.epoch, 10, 0))[0] is is_archived
    assert talk.resend(10) == (10, is_archived)
    assert talk.say() == 11
    assert talk.live_seqs() == list(range(1, 12))
    assert _texts(talk) == numbered(11)
    assert live.amendments.edit(talk.room, talk.alice.id, 3, "message 3.") == 1
    assert _texts(talk)[2] == "3 message 3."


@pytest.mark.parametrize("more", [20, 300])
def test_yesterdays_redis(live, talk, archiver, redis_process, settings, numbered, more):
    settings.HOT_MESSAGES = 100
    talk.say(150)
    live.amendments.edit(talk.room, talk.alice.id, 120, "message 120?")
    archiver.turn()
    redis_process.back_up()
    yesterday = talk.position()
    redis_process.restart()
    recovery.recover_all()
    talk.say(more)
    live.amendments.edit(talk.room, talk.alice.id, 120, "message 120.")
    react_to_message(talk.bob.id, React(talk.room, 10, "👍", True))
    live.reading.move(talk.room, talk.bob.id, 155)
    archiver.turn()
    today = talk.position()

    redis_process.restore_backup()
    recovery.recover_all()

    assert (talk.position().seq, talk.position().rev) == (today.seq, today.rev)
    assert len({yesterday.epoch, today.epoch, talk.position().epoch}) == 3
    assert _history(talk)[9]["reactions"] == [{"emoji": "👍", "count": 1, "by": [talk.bob.id], "mine": True}]
    expected = numbered(150 + more)
    expected[119] += "."
    assert _texts(talk) == expected
    assert talk.live_seqs() == list(range(51 + more, 151 + more))
    assert talk.catch_up(Position(today.epoch, 148 + more, today.rev))[:2] == (True, [149 + more, 150 + more])
    assert talk.catch_up(Position(yesterday.epoch, 150, 1))[0] == (more <= 100)
    assert talk.catch_up(today)[2].marker.read == 155
    assert talk.resend(150 + more) == (150 + more, True)
    assert talk.say() == 151 + more


def test_a_past_that_the_archive_has_overtaken_does_not_come_back(live, talk, archiver, redis_process):
    """Messages were lost, others got their numbers; then a backup with the lost ones is restored."""
    talk.say(10)
    archiver.turn()
    talk.say(10)
    redis_process.back_up()
    live.client.flushall()
    recovery.recover_all()
    talk.say(3)
    archiver.turn()
    redis_process.restore_backup()
    recovery.recover_all()
    assert _texts(talk) == [
        *(f"{seq} message {seq}" for seq in range(1, 11)),
        *(f"{seq} message {seq + 10}" for seq in (11, 12, 13)),
    ]
    assert talk.say() == 14


def test_actions_recover_what_they_find_lost(live, talk, archiver, settings):
    settings.HOT_MESSAGES = 100
    talk.say(150)
    archiver.turn()
    live.client.flushall()
    [accepted] = send_messages(talk.alice, [Send(talk.room, "after-it-all", "here")])
    assert isinstance(accepted, Accepted)
    assert accepted.seq == 151
    live.client.flushall()
    assert [message["seq"] for message in _history(talk)] == list(range(1, 151))
    live.client.flushall()
    membership.leave_room(talk.bob, talk.room)
    assert live.rooms.member_ids(talk.room) == {talk.alice.id}
    assert talk.position().seq == 150


def test_the_rooms_of_those_who_connect_are_recovered_before_the_others(live, talk):
    creating.create_room(User.objects.get(pk=talk.alice.id), "Attic", "private")
    live.client.flushall()
    rooms = membership.live_rooms_of({talk.bob.id})
    assert rooms == {talk.bob.id: [talk.room]}
    assert [place.is_member for place in live.rooms.places([(talk.bob.id, talk.room)])] == [True]
    assert not recovery.is_checked()
    assert recovery.recover_all() == 1  # the attic


def test_a_long_check_says_how_far_it_is(live, talk, monkeypatch, caplog):
    for name in ("Attic", "Cellar"):
        creating.create_room(User.objects.get(pk=talk.alice.id), name, "private")
    live.client.flushall()
    monkeypatch.setattr(recovery, "ROOMS_PER_STEP", 1)
    monkeypatch.setattr(recovery, "REPORT_SECONDS", 0.0)
    with caplog.at_level("INFO", "chat.sync.recovery"):
        recovery.recover_all()
    assert [record.getMessage().split(" are ")[0] for record in caplog.records][1:] == ["1 of 3 rooms", "2 of 3 rooms"]


def test_of_two_that_recover_at_once_one_does(live, talk, archiver):
    talk.say(5)
    archiver.turn()
    live.client.flushall()
    run_id, _ = live.runs.now_and_checked()
    [seen] = live.recovery.look([talk.room])
    recovery.recover_all()
    talk.say(5)
    from chat.models import Room

    assert not recovery._rebuild(run_id, seen, Room.objects.get(pk=talk.room), ArchiveState.objects.get(pk=talk.room))
    assert talk.live_seqs() == list(range(1, 11))


def test_a_decision_does_not_outlive_the_run_that_it_was_made_in(live, talk, redis_process):
    talk.say(5)
    redis_process.restart()
    run_id, _ = live.runs.now_and_checked()
    redis_process.restart()
    live.recovery.begin_epochs({talk.room: ""}, run_id, "too late")
    assert talk.position().epoch != "too late"
    recovery.recover_all()
    assert talk.say() == 6


def test_a_check_that_was_overtaken_is_done_again(live, talk, monkeypatch):
    recover = recovery.recover
    overtaken: list[bool] = []

    def emptied(room_ids):
        recovered = recover(room_ids)
        if not overtaken:
            overtaken.append(True)
            live.client.flushall()
        return recovered

    monkeypatch.setattr(recovery, "recover", emptied)
    recovery.recover_all()
    assert live.rooms.facts(talk.room) is not None
    run_id, checked = live.runs.now_and_checked()
    assert run_id == checked


def _epochs_before(live, talk, count: int) -> None:
    """As if Redis had restarted so many times without a word in between."""
    ends = {f"ended:before-{number:03}": f"{number // 2} 0" for number in range(count)}
    live.client.hset(f"room:{{{talk.room}}}", mapping=ends)


def test_a_room_does_not_remember_every_start_of_redis(live, talk, archiver, redis_process):
    talk.say(300)
    archiver.turn()
    archived = talk.position()
    _epochs_before(live, talk, 500)
    for _ in range(2):
        redis_process.restart()
        recovery.recover_all()
    last = talk.position()
    redis_process.restart()
    assert recovery.recover_all() == 0

    ends = live.archiving.ends(talk.room)
    assert len(ends) <= 102
    assert {archived.epoch, last.epoch, "before-499"} <= set(ends)
    assert talk.catch_up(last)[0]
    assert not talk.catch_up(Position("before-000", 0, 0))[0]


def test_nor_does_the_archive(live, talk, archiver, redis_process):
    talk.say(300)
    archiver.turn()
    ArchivedEpoch.objects.bulk_create(
        ArchivedEpoch(room_id=talk.room, epoch=f"before-{number:03}", seq=number // 2, rev=0) for number in range(500)
    )
    live.client.flushall()
    recovery.recover_all()
    assert len(live.archiving.ends(talk.room)) <= 102
    talk.say()
    archiver.turn()
    assert ArchivedEpoch.objects.filter(room=talk.room).count() <= 103
    live.client.flushall()
    recovery.recover_all()
    assert talk.position().seq == 301


def test_unread_messages_stay_unread(live, talk, archiver):
    talk.say(10)
    live.reading.move(talk.room, talk.bob.id, 4)
    archiver.turn()
    Membership.objects.create(room_id=talk.room, user_id=_newcomer().pk)
    live.client.flushall()
    recovery.recover_all()
    markers = live.archiving.read_markers([talk.room])[0]
    assert (markers[talk.bob.id].seq, markers[_newcomer().pk].seq) == (4, 10)


def test_large_messages_do_not_fill_redis(live, talk, archiver, monkeypatch):
    monkeypatch.setattr(restoring, "MOST_BYTES", 2_000)
    talk.say(50)
    archiver.turn()
    live.client.flushall()
    recovery.recover_all()
    assert 5 < len(talk.live_seqs()) < 20
    assert talk.live_seqs()[-1] == 50
    assert len(_history(talk)) == 50
    assert talk.say() == 51


def test_client_ids_are_forgotten_after_their_time(live, talk, archiver):
    from chat.models import Message

    talk.say(3)
    archiver.turn()
    hours_ago = int(time.time() * 1000) - 47 * 3_600_000
    Message.objects.filter(seq=1).update(sent_at=hours_ago - 2 * 3_600_000)
    Message.objects.filter(seq=2).update(sent_at=hours_ago)
    live.client.flushall()
    recovery.recover_all()
    prefix = f"room:{{{talk.room}}}:sent:{talk.alice.id}:client-"
    assert not live.client.exists(f"{prefix}000001")
    assert 3_500 < live.client.ttl(f"{prefix}000002") <= 3_600
    assert live.client.ttl(f"{prefix}000003") > 47 * 3_600


def _newcomer():
    from accounts.models import User

    return User.objects.get_or_create(email="dora@example.org", handle="dora")[0]
