"""L1: who reported something and is out of the room sees it as it was then. erin reported bob in alice's hidden room."""

import pytest
from django.test import Client

from chat.actions.moderation import mute_kick_ban, reports
from chat.actions.rooms import membership, room_settings
from chat.models import Report, Room
from tests.chat.actions.conftest import Cast


@pytest.fixture
def hidden(cast: Cast) -> Room:
    room = cast.open_room("Hidden", "private")
    membership.add_member(room.pk, cast.erin.pk)
    reports.report_message(cast.erin, room.pk, cast.say(cast.bob, "rude", room=room), "rude")
    return room


def room_seen(cast: Cast) -> dict[str, object]:
    browser = Client()
    browser.force_login(cast.erin)
    [report] = browser.get("/reports/").json()["mine"]
    seen: dict[str, object] = report["room"]
    return seen


def test_a_member_sees_the_room_as_it_is(cast: Cast, hidden: Room) -> None:
    room_settings.update_room(cast.alice, hidden.pk, name="Merger", topic="signing on Friday")
    assert (room_seen(cast)["name"], room_seen(cast)["topic"]) == ("Merger", "signing on Friday")


def test_who_is_out_sees_it_as_it_was(cast: Cast, hidden: Room) -> None:
    mute_kick_ban.ban_person(cast.alice, hidden.pk, cast.erin.pk, "why")
    room_settings.update_room(cast.alice, hidden.pk, name="Merger", topic="signing on Friday")
    assert (room_seen(cast)["name"], room_seen(cast)["topic"]) == ("Hidden", "")


def test_reports_from_before_this_rule_name_no_room(cast: Cast, hidden: Room) -> None:
    Report.objects.update(room_then={})
    assert room_seen(cast)["name"] == "Hidden"
    mute_kick_ban.kick_member(cast.alice, hidden.pk, cast.erin.pk, "why")
    assert room_seen(cast) == {"kind": "private", "name": ""}
