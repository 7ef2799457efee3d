"""A person's screen: what a moderator sees of them, and that what is done to them is live."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.test import Client

from chat.actions.moderation import mute_kick_ban
from chat.live.presence import PresenceEntry
from chat.models import Membership, Sanction
from tests.chat.admin.conftest import SCRIPT, Screens, silent

LIST = "/admin/accounts/user/"


def page_of(screens, person) -> str:
    return screens.text(f"{LIST}{person.pk}/change/")


def panel(screens, person, title: str) -> list[list[str]]:
    panels = screens.client.get(f"{LIST}{person.pk}/change/").context["panels"]
    [found] = [each for each in panels if each.title == title]
    return [[str(cell) for cell in row] for row in found.rows]


def test_somebody_is_muted_on_the_whole_site_for_an_hour(scene, mona, ear):
    assert mona.act(scene.bob, "mute", where="", length="3600", reason="spam") == ["bob (@bob) is muted."]
    mute = Sanction.objects.get()
    assert (mute.kind, mute.room, mute.user, mute.by, mute.reason) == ("mute", None, scene.bob, scene.mona, "spam")
    assert mute.ends_at
    assert 3590 < (mute.ends_at - mute.starts_at).total_seconds() < 3610
    told = {one.channel for one in ear.heard() if one.event == "sanction" and one.payload["kind"] == "mute"}
    assert told == {f"user:{{{person.pk}}}:events" for person in (scene.bob, scene.alice, *scene.staff)}
    assert scene.refusal(scene.bob) == "muted"
    assert scene.log() == [("mute", "mona", "bob", "spam")]


def test_somebody_is_banned_from_a_room_until_a_day(scene, mona, ear):
    asked = {"where": scene.room.pk, "length": "", "until": "2999-01-31T12:00", "reason": "floods"}
    assert mona.act(scene.bob, "ban", **asked) == ["bob (@bob) is banned."]
    # A sanction is kept as seconds from now.
    ends_at = Sanction.objects.get().ends_at
    assert ends_at is not None
    assert abs(ends_at - datetime(2999, 1, 31, 12, tzinfo=UTC)) < timedelta(minutes=1)
    [removed] = [one for one in ear.heard() if one.event == "removed"]
    assert removed.channel == f"room:{{{scene.room.pk}}}:events"
    assert (removed.payload["user"], removed.payload["reason"], removed.payload["banned"]) == (scene.bob.pk, "floods", True)
    assert not Membership.objects.filter(user=scene.bob).exists()
    assert scene.refusal(scene.bob) == "banned"


def test_a_ban_from_the_site_closes_every_connection(scene, mona, ear):
    mona.act(scene.bob, "ban", where="", length="", reason="floods")
    assert Sanction.objects.get().ends_at is None
    assert {"session": None} in [one.payload for one in ear.heard() if one.channel == f"user:{{{scene.bob.pk}}}:events"]
    assert "floods" in browser_of(scene.bob).get("/").content.decode()


def test_what_holds_now_comes_first_and_is_lifted(scene, mona, ear):
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "old spam", 60)
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "new spam")
    titles = [each.title for each in mona.client.get(f"{LIST}{scene.bob.pk}/change/").context["panels"]]
    assert titles[0] == "Sanctions in force"
    [[what, _where, until, why, _by]] = panel(mona, scene.bob, "Sanctions in force")
    assert (what, until) == ("mute", "permanently")
    assert "new spam" in why
    assert [row[3] for row in panel(mona, scene.bob, "All sanctions, the newest first")] == ["in force", "lifted"]
    ear.heard()

    holding = Sanction.objects.in_force().get()
    [said] = mona.act(scene.bob, "lift", sanction=holding.pk, reason="sorry")
    assert said == "The mute of bob (@bob) is lifted."
    assert [one.payload["kind"] for one in ear.heard() if one.event == "sanction"] == [None] * 4
    assert scene.refusal(scene.bob) is None
    assert panel(mona, scene.bob, "Sanctions in force") == []
    assert scene.log()[-1] == ("unmute", "mona", "bob", "sorry")


def test_somebody_elses_sanction_is_not_lifted_from_here(scene, mona):
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "spam")
    mute_kick_ban.mute_person(scene.mona, None, scene.carol.pk, "spam")
    theirs = Sanction.objects.get(user=scene.bob)
    assert mona.client.post(f"{LIST}{scene.carol.pk}/lift/now/", {"sanction": theirs.pk}).status_code == 200
    assert Sanction.objects.in_force().count() == 2


def test_somebody_is_taken_out_of_a_room(scene, mona, ear):
    assert mona.act(scene.bob, "kick", room=scene.room.pk, reason="cool down") == ["bob (@bob) was removed from the room."]
    assert [one.payload["reason"] for one in ear.heard() if one.event == "removed"] == ["cool down"]
    assert not Membership.objects.filter(user=scene.bob).exists()


def test_what_somebody_wrote_is_purged_and_brought_back_from_the_log(scene, mona, ear):
    scene.say(scene.bob, "spam 1", "spam 2")
    scene.say(scene.alice, "please stop")
    [said] = mona.act(scene.bob, "purge", room=scene.room.pk, span="3600", reason="spam")
    assert said == "2 messages removed. You can restore them from the log."
    assert scene.live_texts() == ["", "", "please stop"]
    assert {one.event for one in ear.heard()} >= {"amended"}
    scene.archive()
    assert [row[3] for row in panel(mona, scene.bob, "Recent messages")] == ["deleted", "deleted"]

    assert mona.act(scene.entry("purge"), "unpurge") == ["2 messages restored."]
    assert scene.live_texts() == ["spam 1", "spam 2", "please stop"]
    assert [action for action, *_ in scene.log()] == ["purge", "unpurge"]


def test_sessions_are_seen_and_ended_one_by_one_or_all(scene, mona, ear):
    telephone, tablet = browser_of(scene.bob), browser_of(scene.bob)
    rows = panel(mona, scene.bob, "Sessions")
    assert len(rows) == 2
    keys = [browser.session.session_key for browser in (telephone, tablet)]
    page = page_of(mona, scene.bob)
    assert not [key for key in keys if key in page]

    assert mona.act(scene.bob, "end-session", session=scene.session_hash(keys[0])) == [
        "1 ended: bob (@bob) has to log in again there."
    ]
    assert [Session.objects.filter(session_key=key).exists() for key in keys] == [False, True]
    assert [one.payload for one in ear.heard() if one.event == "session_ended"] == [{"session": scene.session_hash(keys[0])}]
    assert mona.act(scene.bob, "end-session", session="all") == ["1 ended: bob (@bob) has to log in again there."]
    assert not Session.objects.filter(session_key__in=keys).exists()
    assert Session.objects.count() == 1  # mona's own


def test_where_somebody_is_connected_now(scene, mona, live):
    live.presence.beat(
        {scene.room.pk: [PresenceEntry(scene.bob.pk, "c1", "active"), PresenceEntry(scene.bob.pk, "c2", "away")]}
    )
    assert [(row[1], row[3]) for row in panel(mona, scene.bob, "Rooms, and connections now")] == [("member", "2, 1 active")]


def test_the_list_says_who_is_sanctioned(scene, mona):
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "spam", 600)
    people = {person.handle: person for person in mona.client.get(LIST).context["cl"].result_list}
    assert (people["bob"].is_muted, people["bob"].is_banned, people["carol"].is_muted) == (True, False, False)
    assert ">muted</td>" in mona.text(LIST)


def test_nobody_acts_on_somebody_of_their_own_rank_or_above(scene, mona):
    mila = scene.moderator("mila")
    for person in (mila, scene.ruth, scene.mona):
        for act in ("mute", "ban"):
            mona.act(person, act, where="", length="600", reason="coup")
    assert not Sanction.objects.exists()


def test_a_moderator_sees_nothing_of_passwords_and_powers(scene, mona):
    scene.bob.set_password("paper boats on a desk")
    scene.bob.save()
    page = page_of(mona, scene.bob)
    assert "algorithm" not in page
    assert "user_permissions" not in page
    assert "argon2" in page_of(Screens(scene.ruth), scene.bob)


def test_a_moderator_changes_no_account(scene, mona):
    path = f"{LIST}{scene.bob.pk}/change/"
    assert mona.client.post(path, {"name": "Bobby", "handle": "bob", "email": "m@example.org"}).status_code == 403
    scene.bob.refresh_from_db()
    assert scene.bob.name == "bob"


@pytest.mark.parametrize(
    "asked",
    [
        {"where": "", "length": "600", "reason": ""},
        {"where": "99999", "length": "600", "reason": "x"},
        {"where": "", "length": "1", "reason": "x"},
        {"where": "", "until": "1999-01-01T00:00", "reason": "x"},
        {"where": "", "length": "600", "reason": "x" * 201},
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_nothing_happens(scene, mona, asked):
    reply = mona.client.post(f"{LIST}{scene.bob.pk}/mute/now/", asked)
    assert reply.status_code == 200
    [shown] = [each for each in reply.context["acts"] if each["is_open"]]
    assert shown["form"].errors
    assert not Sanction.objects.exists()


def test_names_rooms_and_reasons_are_text(scene, mona):
    scene.bob.name = SCRIPT[:60]
    scene.bob.save()
    scene.rename(SCRIPT[:60])
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, SCRIPT[:60], 600)
    for page in (page_of(mona, scene.bob), mona.text(LIST)):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_silent_redis_leaves_the_rest_of_the_page(scene, mona, live, monkeypatch):
    monkeypatch.setattr(live.activity, "connections_of", silent)
    assert [row[3] for row in panel(mona, scene.bob, "Rooms, and connections now")] == ["?"]


def test_a_page_asks_no_more_for_many_messages_and_sanctions(scene, mona, django_assert_max_num_queries):
    scene.say(scene.bob, *(f"number {n}" for n in range(25)))
    for n in range(12):
        mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, f"spam {n}", 600)
    with django_assert_max_num_queries(30):
        page_of(mona, scene.bob)


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def test_a_lost_second_factor_is_removed_by_an_owner_only_and_logged(scene, mona):
    ruth, sally = Screens(scene.ruth), Screens(scene.sally)
    scene.sally.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert "reset-factor" not in page_of(ruth, scene.bob)
    Authenticator.objects.create(user=scene.bob, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "reset-factor" not in page_of(mona, scene.bob)
    sally.act(scene.bob, "reset-factor")
    assert Authenticator.objects.exists()
    assert ruth.act(scene.bob, "reset-factor") == [
        "bob (@bob) has no second factor any more. The password is enough to log in."
    ]
    assert not Authenticator.objects.exists()
    assert LogEntry.objects.get().change_message == "Second factor removed"
    assert LogEntry.objects.get().user == scene.ruth
