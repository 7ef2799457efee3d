"""What goes on in a room, beside what the record says of it; and that what is changed there is written down."""

from datetime import UTC, datetime

from chat.live.presence import PresenceEntry
from chat.models import Membership, Message
from tests.chat.admin.conftest import Screens, silent

LIST = "/admin/chat/room/"


def activity(screens) -> dict[str, tuple[str, str, str]]:
    rooms = screens.client.get(LIST).context["cl"].result_list
    return {room.name: (room.activity.online, room.activity.a_day, room.activity.last) for room in rooms}


def test_the_list_says_who_is_there_how_much_is_said_and_when_it_was_last(scene, mona, live):
    scene.open_room("Attic")
    scene.say(scene.bob, *(f"number {n}" for n in range(14)))
    Message.objects.filter(text="number 0").update(sent_at=1_700_000_000_000)
    live.presence.beat(
        {scene.room.pk: [PresenceEntry(scene.bob.pk, "c1", "active"), PresenceEntry(scene.bob.pk, "c2", "active")]}
    )
    assert activity(mona) == {"Attic": ("0", "0", "-"), "Lounge": ("1", "1.9", f"{datetime.now(UTC):%d %b %Y, %H:%M}")}
    assert "<td class=" in mona.text(LIST)


def test_a_room_says_who_is_there_by_name(scene, mona, live):
    live.presence.beat({scene.room.pk: [PresenceEntry(scene.bob.pk, "c1", "active")]})
    scene.say(scene.bob, "rude")
    scene.report(1)
    panels = {panel.title: panel.rows for panel in mona.client.get(f"{LIST}{scene.room.pk}/change/").context["panels"]}
    now = {str(title): str(cell) for title, cell in panels["Now"]}
    assert "bob (@bob)" in now["Online now"]
    assert now["Open reports"] == "1"


def test_while_redis_is_silent_the_record_is_shown(scene, mona, live, monkeypatch):
    monkeypatch.setattr(live.presence, "who", silent)
    assert activity(mona) == {"Lounge": ("?", "0", "-")}


def test_the_list_asks_the_same_few_questions_however_many_rooms_there_are(scene, mona, django_assert_max_num_queries):
    for n in range(20):
        scene.open_room(f"Room {n}")
    with django_assert_max_num_queries(10):
        assert len(activity(mona)) == 21


def test_a_room_that_is_locked_is_so_at_once_and_it_is_written_down(scene, mona, ear):
    assert mona.choose(LIST, "lock", [scene.room.pk]) == ["1 now locked."]
    [told] = [one for one in ear.heard() if one.event == "room"]
    assert told.payload["state"] == "locked"
    assert scene.refusal(scene.bob) == "room_closed"
    assert [action for action, *_ in scene.log()] == ["update"]


def test_members_who_are_changed_or_taken_out_are_in_the_log(scene, mona, ear):
    bob = Membership.objects.get(user=scene.bob)
    path = f"/admin/chat/membership/{bob.pk}"
    assert mona.client.post(f"{path}/change/", {"role": "moderator"}).status_code == 302
    assert mona.client.post(f"{path}/delete/", {"post": "yes"}).status_code == 302
    assert scene.log() == [
        ("role", "mona", "bob", ""),
        ("kick", "mona", "bob", "An administrator took you out of this room."),
    ]
    heard = ear.heard()
    assert [one.payload["role"] for one in heard if one.event == "member" and one.payload["user"] == scene.bob.pk][:1] == [
        "moderator"
    ]
    assert [one.event for one in heard if one.event == "removed"] == ["removed"]


def test_who_owns_the_site_may_become_less_in_a_room_and_leave_it(scene):
    scene.join(scene.ruth)
    owner = Screens(scene.ruth)
    hers = Membership.objects.get(user=scene.ruth)
    path = f"/admin/chat/membership/{hers.pk}"
    assert owner.client.post(f"{path}/change/", {"role": "moderator"}).status_code == 302
    hers.refresh_from_db()
    assert hers.role == "moderator"
    assert owner.client.post(f"{path}/delete/", {"post": "yes"}).status_code == 302
    assert not Membership.objects.filter(user=scene.ruth).exists()
