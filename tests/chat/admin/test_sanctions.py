"""The list of sanctions: filtered, begun for anybody, lifted; live at once."""

from datetime import timedelta

from django.utils import timezone

from chat.actions.moderation import mute_kick_ban
from chat.models import Sanction

LIST = "/admin/chat/sanction/"


def listed(screens, **query) -> list[str]:
    return [one.reason for one in screens.client.get(LIST, query).context["cl"].result_list]


def add(screens, **facts):
    return screens.client.post(f"{LIST}add/", {"length": "3600"} | facts)


def test_one_is_begun_for_somebody_who_is_not_in_the_room(scene, mona, ear):
    reply = add(mona, kind="ban", user=scene.carol.pk, room=scene.room.pk, reason="known from elsewhere")
    assert (reply.status_code, reply["Location"]) == (302, LIST)
    ban = Sanction.objects.get()
    assert (ban.user, ban.room, ban.by, ban.kind) == (scene.carol, scene.room, scene.mona, "ban")
    assert [one.event for one in ear.heard() if one.payload.get("user") == scene.carol.pk]
    assert scene.refusal(scene.carol) == "banned"
    assert scene.log() == [("ban", "mona", "carol", "known from elsewhere")]


def test_one_for_the_whole_site_and_for_good(scene, mona):
    assert add(mona, kind="mute", user=scene.bob.pk, room="", length="", reason="spam").status_code == 302
    assert (Sanction.objects.get().room, Sanction.objects.get().ends_at) == (None, None)
    assert scene.refusal(scene.bob) == "muted"


def test_a_refusal_is_shown_in_the_form(scene, mona):
    reply = add(mona, kind="ban", user=scene.ruth.pk, room=scene.room.pk, reason="coup")
    assert "your own rank or above" in str(reply.context["errors"])
    reply = add(mona, kind="ban", user=scene.bob.pk, room=scene.room.pk, reason="  ")
    assert reply.context["errors"]
    direct = scene.open_direct(scene.alice, scene.bob)
    assert add(mona, kind="mute", user=scene.bob.pk, room=direct.pk, reason="spam").context["errors"]
    assert not Sanction.objects.exists()


def test_filters_by_state_kind_person_and_room(scene, mona):
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "now", 600)
    mute_kick_ban.ban_person(scene.mona, None, scene.carol.pk, "for good")
    mute_kick_ban.mute_person(scene.mona, None, scene.alice.pk, "over", 600)
    Sanction.objects.filter(reason="over").update(ends_at=timezone.now() - timedelta(seconds=1))
    assert listed(mona) == ["over", "for good", "now"]
    assert listed(mona, state="now") == ["for good", "now"]
    assert listed(mona, state="over") == ["over"]
    assert listed(mona, kind__exact="ban") == ["for good"]
    assert listed(mona, whom="bob") == ["now"]
    assert listed(mona, **{"in": "lounge"}) == ["now"]
    assert listed(mona, q="good") == ["for good"]


def test_one_is_lifted_on_its_screen_and_cannot_be_rewritten(scene, mona, ear):
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "spam", 600)
    mute = Sanction.objects.get()
    ear.heard()
    assert mona.client.post(f"{LIST}{mute.pk}/change/", {"reason": "other"}).status_code == 403
    assert mona.client.post(f"{LIST}{mute.pk}/delete/", {"post": "yes"}).status_code == 403
    assert mona.act(mute, "lift", reason="sorry") == ["The mute of bob (@bob) is lifted."]
    assert {one.channel for one in ear.heard() if one.event == "sanction" and one.payload["kind"] is None} == {
        f"user:{{{person.pk}}}:events" for person in (scene.bob, scene.alice, *scene.staff)
    }
    assert scene.refusal(scene.bob) is None
    assert "Lift now" not in mona.text(f"{LIST}{mute.pk}/change/")


def test_several_are_lifted_from_the_list(scene, mona):
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "spam", 600)
    mute_kick_ban.mute_person(scene.mona, None, scene.carol.pk, "spam")
    chosen = list(Sanction.objects.values_list("pk", flat=True))
    assert mona.choose(LIST, "lift_selected", chosen) == ["2 lifted."]
    assert not Sanction.objects.in_force().exists()
    assert mona.choose(LIST, "lift_selected", chosen) == ["0 lifted."]
    assert scene.refusal(scene.bob) is None


def test_a_list_asks_the_same_few_questions_however_long_it_is(scene, mona, django_assert_max_num_queries):
    for n in range(20):
        mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, f"spam {n}", 600)
    with django_assert_max_num_queries(10):
        assert len(listed(mona)) == 20
