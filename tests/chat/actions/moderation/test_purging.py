"""Alice purges what bob wrote and brings it back: live, in the archive and in the log."""

import json

import pytest

from accounts.models import User
from chat.actions.messages import amendments, sending
from chat.actions.moderation import message_moderation, purging
from chat.actions.rooms import membership
from chat.archive.warming import warm_messages
from chat.domain.errors import ChatError, WrittenByAnother
from chat.domain.protocol import Delete, History, Restore
from chat.models import Message, ModerationLog


def _refused(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value.code


def _shown(cast):
    page = sending.read_history(cast.alice.id, History(cast.room.pk, limit=100))
    return [json.loads(message)["text"] for message in page.messages]


def _archive(archiver):
    archiver.turn()
    return [(message.deleted, message.text) for message in Message.objects.order_by("seq")]


def test_archive_log_and_live_room_agree_after_a_purge_and_after_its_return(cast, archiver, settings):
    settings.HOT_MESSAGES = 3
    texts = [f"message {number}" for number in range(1, 11)]
    cast.say(cast.bob, *texts[:8])
    archiver.turn()
    cast.say(cast.bob, *texts[8:])  # not archived yet

    assert purging.count_purgeable(cast.dora, cast.room.pk, cast.bob.pk) == 10
    purge = purging.purge_messages(cast.dora, cast.room.pk, cast.bob.pk, "spam")
    assert purge.changed == 10
    assert _shown(cast) == [""] * 10
    assert _archive(archiver) == [(True, text) for text in texts]
    entry = ModerationLog.objects.get(pk=purge.id)
    assert (entry.action, entry.by_id, entry.user_id, entry.room_id, entry.reason) == (
        "purge", cast.dora.pk, cast.bob.pk, cast.room.pk, "spam"
    )  # fmt: skip
    assert entry.details["seqs"] == list(range(1, 11))

    assert purging.unpurge_messages(cast.dora, cast.room.pk, purge.id).changed == 10
    assert _shown(cast) == texts
    assert _archive(archiver) == [(False, text) for text in texts]
    assert ModerationLog.objects.get(action="unpurge").details["undoes"] == purge.id


@pytest.fixture
def trimmed_in_between(cast, archiver, monkeypatch, settings):
    """Somebody else writes, and the archiver trims, each time that messages were warmed and are not yet reached: twice."""
    settings.HOT_MESSAGES = 3
    monkeypatch.setattr("chat.live.archiving.NEWEST_REVISIONS", 1)
    monkeypatch.setattr(purging, "MESSAGES_PER_CALL", 4)
    times: list[set[int]] = []

    def warm_then_trim(room_id, seqs):
        warmed = warm_messages(room_id, seqs)
        if len(times) % 3 < 2:
            cast.say(cast.alice, "meanwhile")
            archiver.turn()
        times.append(warmed)
        return warmed

    monkeypatch.setattr(purging, "warm_messages", warm_then_trim)
    return times


def test_nothing_is_missed_while_the_archiver_trims(cast, archiver, trimmed_in_between):
    cast.say(cast.bob, *(f"message {number}" for number in range(1, 13)))
    archiver.turn()
    theirs = Message.objects.filter(author=cast.bob.pk)

    purge = purging.purge_messages(cast.dora, cast.room.pk, cast.bob.pk, "spam")
    archiver.turn()
    assert (purge.changed, theirs.filter(deleted=True).count()) == (12, 12)

    back = purging.unpurge_messages(cast.dora, cast.room.pk, purge.id)
    archiver.turn()
    assert (back.changed, theirs.filter(deleted=True).count()) == (12, 0)
    assert len(trimmed_in_between) > 6  # batches were warmed again


def test_only_the_last_hour(cast, archiver):
    cast.say(cast.bob, "message 1", "message 2")
    archiver.turn()
    Message.objects.filter(seq=1).update(sent_at=0)

    assert purging.count_purgeable(cast.dora, cast.room.pk, cast.bob.pk, 3_600) == 1
    assert purging.purge_messages(cast.dora, cast.room.pk, cast.bob.pk, "spam", 3_600).changed == 1
    assert _shown(cast) == ["message 1", ""]


def test_what_came_back_a_moment_ago_is_taken_too(cast, archiver):
    seq = cast.say(cast.bob, "message 1")
    amendments.delete_message(cast.bob, Delete(cast.room.pk, seq))
    archiver.turn()
    amendments.restore_message(cast.bob, Restore(cast.room.pk, seq))  # the archive has it as deleted for another second

    assert purging.purge_messages(cast.dora, cast.room.pk, cast.bob.pk, "spam").changed == 1
    assert _shown(cast) == [""]


def test_who_does_not_moderate_purges_nothing(cast):
    cast.say(cast.bob, "message 1")
    purge = purging.purge_messages(cast.dora, cast.room.pk, cast.bob.pk, "spam")
    membership.join_room(cast.carol, cast.room.pk)
    other = cast.open_room("Other")
    for act, last in ((purging.purge_messages, (cast.dora.pk, "x")), (purging.unpurge_messages, (purge.id,))):
        assert _refused(act, cast.bob, cast.room.pk, *last) == "forbidden"
        assert _refused(act, cast.carol, cast.room.pk, *last) == "forbidden"
        assert _refused(act, cast.erin, cast.room.pk, *last) == "not_member"
    assert _refused(purging.unpurge_messages, cast.dora, cast.room.pk, purge.id + 99) == "not_found"
    assert _refused(purging.unpurge_messages, cast.alice, other.pk, purge.id) == "not_found"


def test_what_a_moderator_deletes_is_written_down_with_its_text(cast):
    seq = cast.say(cast.bob, "message 1")

    amendments.delete_message(cast.dora, Delete(cast.room.pk, seq, "rude"))
    amendments.restore_message(cast.dora, Restore(cast.room.pk, seq))
    amendments.delete_message(cast.bob, Delete(cast.room.pk, seq))

    entries = ModerationLog.objects.order_by("pk").values_list("action", "by", "user", "seq", "reason", "text_before")
    assert list(entries) == [
        ("delete", cast.dora.pk, cast.bob.pk, seq, "rude", "message 1"),
        ("restore", cast.dora.pk, cast.bob.pk, seq, "", "message 1"),
    ]


def test_nobody_deletes_what_somebody_above_wrote(cast):
    seq = cast.say(cast.bob, "message 1")
    membership.join_room(cast.carol, cast.room.pk)
    assert _refused(amendments.delete_message, cast.carol, Delete(cast.room.pk, seq)) == "forbidden"
    User.objects.filter(pk=cast.bob.pk).update(is_superuser=True)
    assert _refused(amendments.delete_message, cast.dora, Delete(cast.room.pk, seq)) == "forbidden"
    assert not ModerationLog.objects.exists()


def test_staff_delete_where_they_are_not_members(cast, archiver):
    seq = cast.say(cast.bob, "message 1")
    archiver.turn()
    assert _refused(message_moderation.moderate_message, cast.erin, "delete", cast.room.pk, seq) == "not_member"
    message_moderation.moderate_message(cast.ruth, "delete", cast.room.pk, seq, "rude")
    assert _shown(cast) == [""]
    message_moderation.moderate_message(cast.ruth, "restore", cast.room.pk, seq)
    assert _shown(cast) == ["message 1"]


def test_a_message_that_took_the_number_of_a_lost_one_is_not_moderated_in_its_place(cast, live):
    """Redis lost what dora saw, after she had been asked whether she may; another message has its number."""
    seq = cast.say(cast.bob, "innocent")
    lost = WrittenByAnother(cast.bob.pk, "spam")
    moderate = message_moderation.moderate_found
    assert _refused(moderate, cast.dora, "delete", cast.room.pk, seq, lost, "", "epoch-gone") == "not_found"
    assert _shown(cast) == ["innocent"]
    [head] = live.rooms.heads([cast.room.pk])
    moderate(cast.dora, "delete", cast.room.pk, seq, lost, "", head.epoch)
    lost.deleted_by = cast.dora.pk
    assert _refused(moderate, cast.dora, "restore", cast.room.pk, seq, lost, "", "epoch-gone") == "not_found"
    assert _shown(cast) == [""]
