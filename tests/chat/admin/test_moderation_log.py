"""The moderation log: read, filtered and taken away; nothing in the admin changes it."""

import csv
import io

from chat.actions.moderation import mute_kick_ban
from chat.models import ModerationLog
from tests.chat.admin.conftest import SCRIPT

LIST = "/admin/chat/moderationlog/"


def listed(screens, **query) -> list[str]:
    return [entry.reason for entry in screens.client.get(LIST, query).context["cl"].result_list]


def exported(screens, **query) -> list[dict[str, str]]:
    reply = screens.client.get(f"{LIST}export/", query)
    assert reply["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(b"".join(reply.streaming_content).decode())))


def test_it_is_filtered(scene, mona):
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "first", 600)
    mute_kick_ban.ban_person(scene.ruth, None, scene.carol.pk, "second")
    assert listed(mona) == ["second", "first"]
    assert listed(mona, action__exact="ban") == ["second"]
    assert listed(mona, who="ruth") == ["second"]
    assert listed(mona, whom="bob") == ["first"]
    assert listed(mona, **{"in": "Lounge"}) == ["first"]
    assert listed(mona, q="irs") == ["first"]


def test_it_is_taken_away_as_it_is_filtered(scene, mona):
    scene.say(scene.bob, "rude words")
    scene.act_deleted(1)
    mute_kick_ban.mute_person(scene.mona, None, scene.bob.pk, "spam", 600)
    mute, delete = exported(mona)
    assert (delete["by"], delete["action"], delete["room"], delete["whom"], delete["message"]) == (
        "mona", "delete", "Lounge", "bob", "1"
    )  # fmt: skip
    assert (delete["reason"], delete["text before"]) == ("spam", "rude words")
    assert (mute["action"], mute["room"]) == ("mute", "the whole site")
    assert "until" in mute["details"]
    assert [row["action"] for row in exported(mona, action__exact="mute")] == ["mute"]


def test_a_spreadsheet_runs_nothing_of_it(scene, mona):
    mute_kick_ban.mute_person(scene.mona, None, scene.bob.pk, '=HYPERLINK("http://evil","x")', 600)
    assert exported(mona)[0]["reason"] == '\'=HYPERLINK("http://evil","x")'


def test_nothing_is_added_changed_or_deleted(scene):
    from tests.chat.admin.conftest import Screens

    mute_kick_ban.mute_person(scene.mona, None, scene.bob.pk, "spam", 600)
    entry = ModerationLog.objects.get()
    owner = Screens(scene.ruth)
    assert owner.client.get(f"{LIST}add/").status_code == 403
    assert owner.client.post(f"{LIST}{entry.pk}/change/", {"reason": "none"}).status_code == 403
    assert owner.client.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    owner.client.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert scene.log() == [("mute", "mona", "bob", "spam")]


def test_an_entry_shows_the_text_before_and_outlives_whom_it_names(scene, mona):
    scene.say(scene.bob, SCRIPT)
    scene.act_deleted(1)
    entry = ModerationLog.objects.get()
    page = mona.text(f"{LIST}{entry.pk}/change/")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert f"/admin/chat/message/{scene.message(1).pk}/change/" in page

    bob_id = scene.bob.pk
    scene.bob.delete()
    assert f"#{bob_id}" in mona.text(LIST)
    assert mona.client.get(f"{LIST}{entry.pk}/change/").status_code == 200


def test_a_list_asks_the_same_few_questions_however_long_it_is(scene, mona, django_assert_max_num_queries):
    for n in range(20):
        mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, f"spam {n}", 600)
    with django_assert_max_num_queries(14):
        assert len(listed(mona)) == 20
