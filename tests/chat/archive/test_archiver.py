"""Everything that is said is in the archive a moment later, once, as it now stands; Redis keeps the newest."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.actions.messages.sending import send_messages
from chat.archive.archiver import Archiver
from chat.archive.read_markers import PARTS
from chat.archive.writing import transaction
from chat.domain.protocol import Send
from chat.domain.types import Author
from chat.models import ArchivedEpoch, ArchiveState, Byline, Membership, Message


def test_messages_are_copied_in_batches(talk, archiver, numbered):
    talk.say(450)
    archiver.turn()

    assert talk.archived() == numbered(450)
    state = ArchiveState.objects.get(room=talk.room)
    assert (state.seq, state.rev) == (450, 0)
    end = ArchivedEpoch.objects.get(room=talk.room)
    assert (end.epoch, end.seq, end.rev) == (state.epoch, 450, 0)
    message = Message.objects.get(room=talk.room, seq=7)
    assert (message.author_id, message.client_id, message.kind) == (talk.alice.id, "client-000007", "text")


def test_batches_are_bounded_by_bytes_too_and_leave_nothing_out(talk, archiver, live, monkeypatch):
    sizes = []
    write = transaction.write

    def noted(parts):
        sizes.append(sum(len(payload) for part in parts for payload in part.new.messages))
        return write(parts)

    monkeypatch.setattr(transaction, "write", noted)
    monkeypatch.setattr("chat.archive.archiver.MOST_BYTES", 5_000)
    for number in range(21):
        text = "x" * (7_000 if number == 20 else 2_000)
        send_messages(talk.alice, [Send(talk.room, f"client-long-{number}", text)])
    for seq in range(1, 21):
        live.amendments.edit(talk.room, talk.alice.id, seq, "z" * 4_000)
    archiver.turn()

    assert [size > 5_000 for size in sizes if size] == [False] * 10 + [True]  # one message is taken, however long
    found = list(Message.objects.filter(room=talk.room).order_by("seq"))
    assert [message.seq for message in found] == list(range(1, 22))
    assert {message.text[:1] for message in found[:20]} == {"z"}
    assert found[20].text == "x" * 7_000


def test_a_turn_without_news_writes_nothing(talk, archiver, django_assert_num_queries):
    archiver._maintenance._due_at = float("inf")  # what is done once a minute is another matter
    talk.say(3)
    archiver.turn()
    _turn_until_markers_are_stored(archiver)
    with django_assert_num_queries(1):  # which rooms there are
        archiver.turn()


def test_amendments_follow_their_messages(talk, archiver, live):
    talk.say(3)
    archiver.turn()
    live.amendments.edit(talk.room, talk.alice.id, 2, "better")
    live.amendments.react(talk.room, talk.bob.id, 2, "👍", True)
    live.amendments.react(talk.room, talk.alice.id, 2, "👍", True)
    live.amendments.delete(talk.room, talk.alice.id, 3)
    archiver.turn()

    second, third = Message.objects.filter(room=talk.room, seq__gte=2).order_by("seq")
    assert (second.text, second.rev, second.deleted) == ("better", 3, False)
    assert json.loads(second.reactions) == {"👍": [talk.bob.id, talk.alice.id]}
    assert json.loads(second.amendment)["history"][0]["text"] == "message 2"
    assert (third.text, third.rev, third.deleted) == ("message 3", 4, True)
    live.amendments.react(talk.room, talk.bob.id, 2, "👍", False)
    live.amendments.restore(talk.room, talk.alice.id, 3)
    archiver.turn()
    second, third = Message.objects.filter(room=talk.room, seq__gte=2).order_by("seq")
    assert json.loads(second.reactions) == {"👍": [talk.alice.id]}
    assert (third.text, third.deleted, third.rev) == ("message 3", False, 6)


def test_no_amendment_is_left_out_where_messages_and_amendments_fill_batches(talk, archiver, live):
    talk.say(390)
    for seq in range(1, 391, 2):
        live.amendments.edit(talk.room, talk.alice.id, seq, f"edited {seq}")
    archiver.turn()

    texts = [f"edited {seq}" if seq % 2 else f"message {seq}" for seq in range(1, 391)]
    assert [row.split(" ", 1)[1] for row in talk.archived()] == texts
    assert ArchiveState.objects.get(room=talk.room).rev == 195


def test_redis_keeps_the_newest_messages(talk, archiver, live, settings):
    settings.HOT_MESSAGES = 100
    talk.say(250)
    assert len(talk.live_seqs()) == 250
    archiver.turn()
    assert talk.live_seqs() == list(range(151, 251))
    assert talk.say() == 251
    archiver.turn()
    assert talk.live_seqs() == list(range(152, 252))


def test_what_is_not_archived_is_not_trimmed(talk, archiver, live, settings, monkeypatch):
    settings.HOT_MESSAGES = 100
    monkeypatch.setattr("chat.archive.archiver.ROWS", 30)
    talk.say(250)
    head = live.archiving.heads([talk.room])[talk.room]
    archiver._hold_lease()
    archiver._copy([talk.room])
    copied = archiver._copied[talk.room]
    live.archiving.trim({talk.room: type(head)(copied.epoch, copied.seq, copied.rev)}, 100)
    assert talk.live_seqs() == list(range(31, 251))


def test_old_amendments_leave_redis_but_for_the_newest(talk, archiver, live, settings, monkeypatch):
    settings.HOT_MESSAGES = 100
    monkeypatch.setattr("chat.live.archiving.NEWEST_REVISIONS", 10)
    talk.say(200)
    for seq in (*range(1, 31), *range(150, 155)):
        live.amendments.edit(talk.room, talk.alice.id, seq, f"edited {seq}")
        live.amendments.react(talk.room, talk.alice.id, seq, "👍", True)
    archiver.turn()

    changed = [int(seq) for seq in live.client.zrange(f"room:{{{talk.room}}}:revisions", 0, -1)]
    assert changed == [*range(26, 31), *range(150, 155)]
    assert sorted(int(seq) for seq in live.client.hkeys(f"room:{{{talk.room}}}:amended")) == changed
    assert int(live.client.hget(f"room:{{{talk.room}}}", "revisions_from")) == 50
    assert not live.client.exists(f"room:{{{talk.room}}}:reactions:1")
    assert live.client.exists(f"room:{{{talk.room}}}:reactions:26")


def test_one_archiver_at_a_time(talk, archiver, live, numbered):
    other = Archiver(live)
    talk.say(5)
    archiver.turn()
    talk.say(5)
    other.turn()
    assert talk.archived() == numbered(5)
    archiver.stop()
    other.turn()
    assert talk.archived() == numbered(10)
    archiver.turn()
    assert not archiver._is_elected


def test_a_lease_that_was_lost_while_paused_does_no_harm(talk, archiver, live, numbered):
    """Both have read how far the archive is; both copy."""
    other = Archiver(live)
    talk.say(300)
    archiver.turn()
    live.client.delete("archiver")
    other.turn()
    talk.say(300)
    other.turn()
    live.client.delete("archiver")
    talk.say(5)
    archiver._is_elected = True  # it does not know better yet, and remembers 300
    archiver.turn()
    assert talk.archived() == numbered(605)


def test_what_was_taken_before_a_recovery_is_not_written(talk, archiver, live, numbered):
    """Redis lost what an archiver holds in its hands, and has numbered something else alike since."""
    from chat.sync import recovery

    talk.say(5)
    archiver.turn()
    talk.say(5)
    taken = live.archiving.unarchived({talk.room: (5, 0)}, 200)
    live.archiving.unarchived = lambda *args: taken
    live.client.flushall()
    recovery.recover_all()
    archiver._hold_lease()
    archiver._copied[talk.room] = archiver._copied[talk.room]._replace(fence="the one before")
    archiver._copy([talk.room])
    assert talk.archived() == numbered(5)
    del live.archiving.unarchived
    assert talk.say() == 6
    archiver.turn()
    assert talk.archived() == [*numbered(5), "6 message 11"]


def test_a_room_in_an_earlier_run_waits(talk, archiver, live):
    talk.say(5)
    live.client.hset(f"room:{{{talk.room}}}", "run_id", "earlier")
    with CaptureQueriesContext(connection) as asked:
        archiver.turn()
    assert talk.archived() == []
    # Not even a claim of nothing: what a database counts as its rows is not the same everywhere.
    assert not any("UPDATE chat_archivestate" in query["sql"] for query in asked)


def test_the_lag_is_told(talk, archiver, live):
    talk.say(7)
    archiver.turn()
    lag = live.client.hgetall("archive:lag")
    assert lag[b"messages"] == b"7"
    assert 0 <= float(lag[b"seconds"]) < 10
    archiver.turn()
    assert live.client.hgetall("archive:lag") == {b"messages": b"0", b"seconds": b"0.000"}


def test_read_markers_are_stored(talk, archiver, live):
    talk.say(7)
    live.reading.move(talk.room, talk.bob.id, 4)
    archiver.turn()
    assert Membership.objects.get(room=talk.room, user=talk.bob.id).last_read == 4
    live.client.hset(f"room:{{{talk.room}}}:read", talk.bob.id, 2)
    live.archiving.note_changed([talk.room])
    _turn_until_markers_are_stored(archiver)
    assert Membership.objects.get(room=talk.room, user=talk.bob.id).last_read == 4


def test_people_who_are_gone_and_rooms_that_are_unknown(talk, archiver, live, numbered):
    from accounts.models import User

    talk.say(3)
    Membership.objects.filter(user=talk.alice.id).delete()
    User.objects.filter(pk=talk.alice.id).delete()
    archiver.turn()
    assert talk.archived() == numbered(3)


@pytest.mark.parametrize("seq", [1, 150])
def test_an_archived_message_is_changed_like_any_other(talk, archiver, live, settings, seq):
    from chat.actions.messages.amendments import delete_message, edit_message, react_to_message, restore_message
    from chat.domain.protocol import Delete, Edit, React, Restore

    settings.HOT_MESSAGES = 100
    talk.say(250)
    live.amendments.react(talk.room, talk.bob.id, seq, "👍", True)
    archiver.turn()
    live.client.delete(*(f"room:{{{talk.room}}}:{name}" for name in ("amended", "cold", f"reactions:{seq}")))

    assert react_to_message(talk.alice.id, React(talk.room, seq, "👍", True)) == 2
    assert edit_message(talk.alice.id, Edit(talk.room, seq, "late")) == 3
    assert delete_message(talk.alice, Delete(talk.room, seq)) == 4
    assert restore_message(talk.alice, Restore(talk.room, seq)) == 5
    archiver.turn()
    message = Message.objects.get(room=talk.room, seq=seq)
    assert (message.text, message.rev) == ("late", 5)
    assert json.loads(message.reactions) == {"👍": [talk.bob.id, talk.alice.id]}


def test_rooms_are_written_together(three_talks, archiver, numbered, monkeypatch):
    monkeypatch.setattr("chat.archive.archiver.ROWS", 30)
    for count, talk in zip((3, 25, 1), three_talks, strict=True):
        talk.say(count)
    archiver.turn()
    assert [talk.archived() for talk in three_talks] == [numbered(3), numbered(25), numbered(1)]

    for talk in three_talks:
        talk.say()
    with CaptureQueriesContext(connection) as asked:
        archiver.turn()
    statements = [query["sql"] for query in asked]
    assert sum("UPDATE chat_archivestate" in sql for sql in statements) == 1
    assert sum("INTO chat_message" in sql for sql in statements) == 1


def test_a_room_that_cannot_be_archived_keeps_no_other_waiting(three_talks, archiver, live, numbered):
    lounge, garden, _ = three_talks
    for talk in three_talks:
        talk.say(2)
    live.client.lset(f"room:{{{garden.room}}}:log", 1, "not a message")
    archiver.turn()
    assert [talk.archived() for talk in three_talks] == [numbered(2), [], numbered(2)]
    lounge.say()
    archiver.turn()
    assert lounge.archived() == numbered(3)


def test_a_room_that_was_overtaken_keeps_no_other_waiting(three_talks, archiver, live, numbered):
    _, garden, _ = three_talks
    for talk in three_talks:
        talk.say(2)
    archiver.turn()
    ArchiveState.objects.filter(room=garden.room).update(fence="a recovery's")
    for talk in three_talks:
        talk.say()
    archiver.turn()
    assert [talk.archived() for talk in three_talks] == [numbered(3)] * 3


def test_a_message_is_stored_once_and_read_as_it_was_sent(talk, archiver, live):
    send_messages(talk.alice, [Send(talk.room, f"client-{number}", f"message {number}") for number in (1, 2)])
    sent = [message.decode() for message in live.archiving.unarchived({talk.room: (0, 0)}, 9)[talk.room].messages]
    archiver.turn()
    messages = Message.objects.with_bylines().order_by("seq")
    assert [message.payload for message in messages] == sent
    assert [message.rest for message in messages] == ["", ""]
    live.amendments.edit(talk.room, talk.alice.id, 2, "better")
    archiver.turn()
    assert [message.payload for message in messages.all()] == sent


def test_what_the_columns_do_not_say_is_kept_beside_them(talk, archiver, live):
    send_messages(talk.alice, [Send(talk.room, "client-1", "@bob <é>\u2028")])
    send_messages(talk.bob, [Send(talk.room, "client-2", "yes", reply_to=1)])
    sent = [message.decode() for message in live.archiving.unarchived({talk.room: (0, 0)}, 9)[talk.room].messages]
    archiver.turn()
    messages = Message.objects.with_bylines().order_by("seq")
    assert [message.payload for message in messages] == sent
    assert [message.rest for message in messages] == [f',"mentions":[{talk.bob.id}]', ',"reply_to":1']


def test_a_new_name_does_not_change_what_older_messages_show(talk, archiver):
    send_messages(talk.alice, [Send(talk.room, "client-1", "hello")])
    archiver.turn()
    send_messages(Author(talk.alice.id, talk.alice.handle, "Alice B."), [Send(talk.room, "client-2", "hello again")])
    archiver.turn()
    send_messages(talk.alice, [Send(talk.room, "client-3", "and again")])
    archiver.turn()
    shown = [json.loads(message.payload)["author"]["name"] for message in Message.objects.order_by("seq")]
    assert shown == ["Alice", "Alice B.", "Alice"]
    assert Byline.objects.count() == 2


def _turn_until_markers_are_stored(archiver):
    for _ in range(PARTS + 1):
        archiver.turn()
