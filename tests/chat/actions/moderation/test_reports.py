"""Bob reports what mallory (here: erin) wrote; dora looks into it; erin never learns who it was."""

import pytest

from chat.actions.messages import amendments
from chat.actions.moderation import mute_kick_ban, report_handling, reports
from chat.actions.rooms import membership
from chat.domain.errors import ChatError
from chat.domain.protocol import Delete, Edit
from chat.models import Message, ModerationLog, Report


@pytest.fixture
def said(cast):
    membership.join_room(cast.erin, cast.room.pk)
    return cast.say(cast.erin, "something rude")


def _refused(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value.code


def test_a_report_keeps_the_message_as_it_stood(cast, said, archiver, settings):
    report = Report.objects.get(pk=reports.report_message(cast.bob, cast.room.pk, said, "rude"))
    amendments.edit_message(cast.erin.pk, Edit(cast.room.pk, said, "something nice"))
    later = Report.objects.get(pk=reports.report_message(cast.alice, cast.room.pk, said, "rude before"))

    assert (report.snapshot["text"], report.author, report.reporter, report.state) == (
        "something rude", cast.erin, cast.bob, "open"
    )  # fmt: skip
    assert (later.snapshot["text"], "edited_at" in later.snapshot) == ("something nice", True)


def test_what_has_left_the_live_log_can_be_reported(cast, said, archiver, settings):
    settings.HOT_MESSAGES = 1
    cast.say(cast.erin, "more", "and more")
    archiver.turn()
    assert Message.objects.count() == 3
    report = reports.report_message(cast.bob, cast.room.pk, said, "rude")
    assert Report.objects.get(pk=report).snapshot["text"] == "something rude"


def test_one_open_report_for_each_person_and_message(cast, said):
    first = reports.report_message(cast.bob, cast.room.pk, said, "rude")
    assert reports.report_message(cast.bob, cast.room.pk, said, "very rude") == first
    assert reports.report_message(cast.alice, cast.room.pk, said, "rude") != first

    report_handling.resolve_report(cast.dora, first)
    assert reports.report_message(cast.bob, cast.room.pk, said, "still there") != first


def test_what_cannot_be_reported(cast, said):
    hidden = cast.open_room("Hidden", "private")
    secret = cast.say(cast.alice, "secret", room=hidden)
    assert _refused(reports.report_message, cast.bob, cast.room.pk, said, " ") == "empty"
    assert _refused(reports.report_message, cast.erin, cast.room.pk, said, "mine") == "bad_request"
    assert _refused(reports.report_message, cast.bob, cast.room.pk, said + 1, "what?") == "not_found"
    assert _refused(reports.report_message, cast.carol, cast.room.pk, said, "rude") == "not_member"
    assert _refused(reports.report_message, cast.carol, hidden.pk, secret, "rude") == "not_found"
    amendments.delete_message(cast.erin, Delete(cast.room.pk, said))
    assert _refused(reports.report_message, cast.bob, cast.room.pk, said, "gone") == "not_found"


def test_a_message_that_took_the_number_of_a_lost_one_is_not_reported_in_its_place(cast, said, live):
    """Redis lost what bob saw; another message has its number."""
    report = reports.report_message
    assert _refused(report, cast.bob, cast.room.pk, said, "rude", "epoch-gone") == "not_found"
    assert not Report.objects.exists()
    [head] = live.rooms.heads([cast.room.pk])
    assert report(cast.bob, cast.room.pk, said, "rude", head.epoch)


def test_a_report_from_claim_to_answer(cast, said, ear):
    report_id = reports.report_message(cast.bob, cast.room.pk, said, "rude")
    ear.listen(*(f"user:{{{user.pk}}}:events" for user in (cast.alice, cast.bob, cast.dora, cast.erin)))

    report_handling.claim_report(cast.dora, report_id)
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.erin.pk, "rude", 600)
    report_handling.resolve_report(cast.dora, report_id, "muted for 10 minutes", "Thank you: they are muted for a while.")

    report = Report.objects.get()
    assert (report.state, report.claimed_by, report.resolved_by) == ("resolved", cast.dora, cast.dora)
    heard = [(channel, payload) for channel, name, payload in ear.heard() if name == "report"]
    told = {"room": cast.room.pk, "report": report_id, "seq": said}
    assert [payload for channel, payload in heard if channel == f"user:{{{cast.alice.pk}}}:events"] == [
        {**told, "state": "claimed"}, {**told, "state": "resolved"}
    ]  # fmt: skip
    assert [payload for channel, payload in heard if channel == f"user:{{{cast.bob.pk}}}:events"] == [
        {**told, "state": "resolved", "answer": "Thank you: they are muted for a while."}
    ]
    assert not [payload for channel, payload in heard if channel == f"user:{{{cast.erin.pk}}}:events"]
    assert list(ModerationLog.objects.values_list("action", "by", "user", "seq").order_by("pk")) == [
        ("claim", cast.dora.pk, cast.erin.pk, said),
        ("mute", cast.dora.pk, cast.erin.pk, None),
        ("resolve", cast.dora.pk, cast.erin.pk, said),
    ]


def test_a_report_is_taken_over_released_and_resolved_once(cast, said):
    report_id = reports.report_message(cast.bob, cast.room.pk, said, "rude")
    report_handling.claim_report(cast.dora, report_id)
    report_handling.claim_report(cast.alice, report_id)
    assert Report.objects.get().claimed_by == cast.alice
    report_handling.release_report(cast.alice, report_id)
    assert (Report.objects.get().state, Report.objects.get().claimed_by) == ("open", None)
    report_handling.resolve_report(cast.ruth, report_id)
    assert _refused(report_handling.claim_report, cast.dora, report_id) == "conflict"


def test_nobody_sees_or_handles_reports_about_themselves(cast, said):
    theirs = cast.say(cast.dora, "a moderator's own")
    report_id = reports.report_message(cast.bob, cast.room.pk, theirs, "rude")
    other = reports.report_message(cast.bob, cast.room.pk, said, "rude")

    assert [report.pk for report in report_handling.reports_for(cast.dora, cast.room.pk)] == [other]
    assert [report.pk for report in report_handling.reports_for(cast.alice, cast.room.pk)] == [other, report_id]
    assert _refused(report_handling.resolve_report, cast.dora, report_id) == "not_found"


def test_reports_are_for_the_rooms_moderators_and_for_staff(cast, said):
    report_id = reports.report_message(cast.bob, cast.room.pk, said, "rude")
    other = cast.open_room("Other")
    membership.join_room(cast.carol, other.pk)
    for act in (report_handling.claim_report, report_handling.release_report, report_handling.resolve_report):
        for who in (cast.bob, cast.carol, cast.erin):
            assert _refused(act, who, report_id) == "not_found"
        assert _refused(act, cast.dora, report_id + 99) == "not_found"
    assert _refused(report_handling.reports_for, cast.bob, cast.room.pk) == "forbidden"
    assert _refused(report_handling.reports_for, cast.carol, cast.room.pk) == "not_member"
    assert report_handling.reports_for(cast.ruth, cast.room.pk).count() == 1
