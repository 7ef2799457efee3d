"""The queue of reports: seen, claimed, answered, with an act that is live."""

import pytest

from chat.actions.moderation import reports
from chat.actions.moderation.word_rules import set_word_rule
from chat.models import Report, Sanction
from tests.chat.admin.conftest import SCRIPT

LIST = "/admin/chat/report/"


@pytest.fixture
def report(scene) -> Report:
    [seq] = scene.say(scene.bob, "something rude")
    return scene.report(seq, "this is rude")


def listed(screens, **query) -> list[int]:
    return [one.pk for one in screens.client.get(LIST, query).context["cl"].result_list]


def test_who_waits_longest_is_first_and_what_is_resolved_is_gone(scene, mona, report):
    [seq] = scene.say(scene.bob, "more of it")
    second = scene.report(seq)
    assert listed(mona) == [report.pk, second.pk]
    mona.act(report, "resolve", deed="", length="3600", answer="Thank you.")
    assert listed(mona) == [second.pk]
    assert listed(mona, state="resolved") == [report.pk]
    assert listed(mona, state="all") == [report.pk, second.pk]
    mona.act(second, "claim")
    assert listed(mona, state="claimed") == [second.pk]
    assert listed(mona, state="open") == []
    assert listed(mona, **{"from": "bob"}) == [second.pk]


def test_one_is_claimed_and_left_to_others(scene, mona, report, ear):
    assert mona.act(report, "claim") == ["You claimed this report."]
    report.refresh_from_db()
    assert (report.state, report.claimed_by) == ("claimed", scene.mona)
    told = {(one.channel, one.payload["state"]) for one in ear.heard() if one.event == "report"}
    assert told == {(f"user:{{{person.pk}}}:events", "claimed") for person in (scene.alice, *scene.staff)}
    assert mona.act(report, "release") == ["Others can claim it again."]
    report.refresh_from_db()
    assert (report.state, report.claimed_by) == ("open", None)
    assert [action for action, *_ in scene.log()] == ["claim", "release"]


def test_one_is_resolved_with_acts_and_an_answer_to_who_reported(scene, mona, report, ear):
    asked = {"deed": "delete mute", "length": "3600", "reason": "be kind", "answer": "Thank you, it is gone."}
    assert mona.act(report, "resolve", **asked) == ["Resolved. The reporter has been notified."]
    report.refresh_from_db()
    assert (report.state, report.resolved_by, report.answer) == ("resolved", scene.mona, "Thank you, it is gone.")
    assert report.outcome == "delete the message and mute its author"
    assert scene.live_texts() == [""]
    assert Sanction.objects.values_list("kind", "room", "user", "reason").get() == (
        "mute", scene.room.pk, scene.bob.pk, "be kind"
    )  # fmt: skip
    heard = ear.heard()
    assert [one.event for one in heard if one.channel.startswith("room")] == ["amended"]
    hers = [one.payload for one in heard if one.event == "report" and one.channel == f"user:{{{scene.alice.pk}}}:events"]
    assert "Thank you, it is gone." in [one.get("answer") for one in hers]
    assert [action for action, *_ in scene.log()] == ["delete", "mute", "resolve"]
    # Bob learns of the mute, and of nobody who asked for it.
    assert not [one for one in heard if one.event == "report" and one.channel == f"user:{{{scene.bob.pk}}}:events"]


def test_an_act_takes_a_reason_and_the_text_stays_in_the_form(scene, mona, report):
    reply = mona.client.post(
        f"{LIST}{report.pk}/resolve/now/", {"deed": "ban", "length": "600", "reason": "", "answer": "We saw it."}
    )
    page = reply.content.decode()
    assert "Add a reason" in page
    assert "We saw it." in page
    report.refresh_from_db()
    assert report.state == "open"
    assert not Sanction.objects.exists()


def test_a_message_that_took_the_reported_ones_number_is_not_deleted_in_its_place(scene, mona, report):
    Report.objects.filter(pk=report.pk).update(snapshot=report.snapshot | {"epoch": "epoch-gone"})
    mona.act(report, "resolve", deed="delete", length="3600", reason="be kind", answer="")
    assert "something rude" in scene.live_texts()
    report.refresh_from_db()
    assert report.state == "open"


def test_what_is_resolved_is_not_resolved_again(scene, mona, report):
    mona.act(report, "resolve", deed="", length="3600", answer="")
    assert mona.client.post(f"{LIST}{report.pk}/resolve/now/", {"deed": "ban", "reason": "x"}).status_code == 403
    page = mona.text(f"{LIST}{report.pk}/change/")
    assert "/resolve/now/" not in page


def test_the_copy_is_shown_even_when_the_message_is_gone(scene, mona, report):
    scene.act_deleted(report.seq)
    page = mona.text(f"{LIST}{report.pk}/change/")
    assert "something rude" in page
    assert "this is rude" in page
    assert f"/admin/chat/message/{scene.message(report.seq).pk}/change/" in page


def test_a_held_message_is_sent_once_a_moderator_agrees(scene, mona, ear):
    set_word_rule(scene.mona, scene.room.pk, "word", "casino", "hold")
    assert scene.refusal(scene.bob, "my casino") == "held"
    report = Report.objects.get()
    ear.heard()
    assert mona.act(report, "send") == ["The message was sent."]
    assert [one.payload["text"] for one in ear.heard() if one.event == "message"] == ["my casino"]
    assert scene.live_texts() == ["my casino"]
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("resolved", "sent")


def test_only_what_is_held_can_be_sent(mona, report):
    assert "/send/now/" not in mona.text(f"{LIST}{report.pk}/change/")
    assert mona.client.post(f"{LIST}{report.pk}/send/now/", {}).status_code == 403


def test_nobody_sees_a_report_about_themselves(scene, mona):
    scene.join(scene.mona)
    [seq] = scene.say(scene.mona, "my own words")
    report = scene.report(seq)
    assert listed(mona) == []
    assert mona.client.get(f"{LIST}{report.pk}/change/").status_code == 302
    assert mona.client.post(f"{LIST}{report.pk}/resolve/now/", {}).status_code == 404


def test_a_report_is_never_made_changed_or_deleted_here(mona, report):
    assert mona.client.get(f"{LIST}add/").status_code == 403
    assert mona.client.post(f"{LIST}{report.pk}/change/", {"reason": "none"}).status_code == 403
    assert mona.client.post(f"{LIST}{report.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_script_is_text(scene, mona):
    [seq] = scene.say(scene.bob, SCRIPT)
    report = Report.objects.get(pk=reports.report_message(scene.alice, scene.room.pk, seq, SCRIPT[:60]))
    for page in (mona.text(LIST), mona.text(f"{LIST}{report.pk}/change/")):
        assert "<script>alert" not in page
        assert page.count("&lt;script&gt;alert(1)") >= 2


def test_the_tab_says_how_many_wait(scene, mona, report):
    assert 'aria-label="1 waiting"' in mona.text("/admin/")
    mona.act(report, "resolve", deed="", length="3600", answer="")
    assert "waiting" not in mona.text("/admin/")
