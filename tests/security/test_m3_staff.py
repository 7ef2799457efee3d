"""M3: `is_staff` opens the admin and gives no power; of a direct room the site's moderators learn what was reported.

sally has the flag alone, ruth is in the group Moderators.
"""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from chat.actions.messages.amendments import delete_message
from chat.actions.moderation import message_moderation, mute_kick_ban, purging, report_handling, reports, word_rules
from chat.actions.rooms import invitations, roles, room_settings
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError
from chat.domain.protocol import Delete
from chat.domain.types import Author
from chat.live.live_state import LiveState
from chat.models import ModerationLog, Room
from tests.chat.actions.conftest import Cast, Ear

Act = Callable[[], object]


def code(act: Act) -> str:
    try:
        act()
    except ChatError as error:
        return error.code
    return "ok"


@pytest.fixture
def sally(cast: Cast) -> User:
    return User.objects.create_user("sally@example.org", "sally", is_staff=True)


@pytest.fixture
def hidden(cast: Cast) -> Room:
    return cast.open_room("Hidden", "private")


def powers(cast: Cast, actor: User, room: Room) -> dict[str, Act]:
    """One of each kind of act, in a room where the actor is nobody."""
    pk, bob, sent = room.pk, cast.bob.pk, 1
    return {
        "link": lambda: invitations.make_invitation(actor, pk, None, None),
        "words": lambda: word_rules.set_word_rule(actor, pk, "word", "casino", "hold"),
        "words of all rooms": lambda: word_rules.set_word_rule(actor, None, "word", "casino", "hold"),
        "topic": lambda: room_settings.update_room(actor, pk, topic="mine"),
        "role": lambda: roles.change_role(actor, pk, bob, "moderator"),
        "mute": lambda: mute_kick_ban.mute_person(actor, pk, cast.alice.pk, "why"),
        "mute everywhere": lambda: mute_kick_ban.mute_person(actor, None, cast.dora.pk, "why"),
        "delete": lambda: message_moderation.moderate_message(actor, "delete", pk, sent, "why"),
        "reports": lambda: report_handling.reports_for(actor, pk),
        "purge": lambda: purging.purge_messages(actor, pk, bob, "why"),
        "ban": lambda: mute_kick_ban.ban_person(actor, pk, bob, "why"),
    }


@pytest.fixture
def said(cast: Cast, hidden: Room, live: LiveState) -> int:
    seq = cast.say(cast.bob, "hello", room=hidden)
    Archiver(live).turn()
    return seq


def test_the_flag_alone_gives_no_power(cast: Cast, sally: User, hidden: Room, said: int) -> None:
    refused = {name: code(act) for name, act in powers(cast, sally, hidden).items()}
    assert set(refused.values()) <= {"not_found", "forbidden"}, refused
    assert not ModerationLog.objects.exists()
    assert not report_handling.reports_of_my_rooms(sally).exists()


def test_the_group_has_them_all(cast: Cast, hidden: Room, said: int) -> None:
    assert {name: code(act) for name, act in powers(cast, cast.ruth, hidden).items()} == dict.fromkeys(
        powers(cast, cast.ruth, hidden), "ok"
    )


def test_one_permission_gives_one_power(cast: Cast, sally: User, hidden: Room, said: int) -> None:
    sally.user_permissions.add(Permission.objects.get(codename="add_sanction"))
    allowed = {name for name, act in powers(cast, sally, hidden).items() if code(act) == "ok"}
    assert allowed == {"mute", "mute everywhere", "ban"}


def test_who_has_lost_the_flag_or_the_group_has_no_power(cast: Cast, hidden: Room, said: int) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(is_staff=False)
    assert code(powers(cast, cast.ruth, hidden)["topic"]) == "not_found"
    User.objects.filter(pk=cast.ruth.pk).update(is_staff=True)
    cast.ruth.groups.clear()
    assert code(powers(cast, cast.ruth, hidden)["topic"]) == "not_found"


def test_pages_follow_the_rank(cast: Cast, sally: User, hidden: Room, said: int) -> None:
    for person, moderates in ((sally, False), (cast.ruth, True)):
        browser = Client()
        browser.force_login(person)
        page = browser.get("/rooms/").content.decode()
        assert json.loads(page.split('id="page"', 1)[1].split(">", 1)[1].split("</script>", 1)[0])["me"]["staff"] is moderates
        assert (browser.get(f"/rooms/{hidden.slug}/reports/").status_code == 200) is moderates


def test_word_of_reports_and_sanctions_reaches_those_who_moderate(
    cast: Cast, sally: User, hidden: Room, said: int, ear: Ear
) -> None:
    ear.listen(*(f"user:{{{person.pk}}}:events" for person in (sally, cast.ruth)))
    reports.report_message(cast.dora, hidden.pk, said, "rude")
    mute_kick_ban.mute_person(cast.dora, hidden.pk, cast.bob.pk, "rude")
    assert {(channel, event) for channel, event, _ in ear.heard()} == {
        (f"user:{{{cast.ruth.pk}}}:events", "report"), (f"user:{{{cast.ruth.pk}}}:events", "sanction")
    }  # fmt: skip


class Direct:
    """A conversation of alice and bob. Of bob's two messages alice reported the first."""

    def __init__(self, cast: Cast, live: LiveState) -> None:
        self.room = cast.open_direct(cast.alice, cast.bob)
        self.reported, self.private = (cast.say(cast.bob, text, room=self.room) for text in ("a threat", "a private word"))
        Archiver(live).turn()
        reports.report_message(cast.alice, self.room.pk, self.reported, "threatens me")


@pytest.fixture
def direct(cast: Cast, live: LiveState) -> Direct:
    return Direct(cast, live)


def test_of_a_direct_room_staff_learn_what_was_reported(cast: Cast, direct: Direct, live: LiveState) -> None:
    for seq in (direct.reported, direct.private):
        delete_message(_author(cast.bob), Delete(direct.room.pk, seq))
    Archiver(live).turn()
    read = message_moderation.read_deleted
    assert read(cast.ruth, direct.room.pk, direct.reported, "a threat") == "a threat"
    assert code(lambda: read(cast.ruth, direct.room.pk, direct.private, "curious")) == "not_found"
    browser = Client()
    browser.force_login(cast.ruth)
    assert browser.get(f"/rooms/{direct.room.slug}/{direct.private}/deleted/").status_code == 404


def test_staff_delete_what_was_reported_there_and_the_log_tells_nothing_else(cast: Cast, direct: Direct) -> None:
    act = message_moderation.moderate_message
    assert code(lambda: act(cast.ruth, "delete", direct.room.pk, direct.private, "why")) == "not_found"
    assert code(lambda: act(cast.ruth, "delete", direct.room.pk, direct.reported, "why")) == "ok"
    assert [entry.text_before for entry in ModerationLog.objects.all()] == ["a threat"]
    assert code(lambda: purging.purge_messages(cast.ruth, direct.room.pk, cast.alice.pk, "why")) == "not_found"
    assert code(lambda: purging.purge_messages(cast.ruth, direct.room.pk, cast.bob.pk, "why")) == "ok"


def test_no_other_act_reaches_into_a_direct_room(cast: Cast, direct: Direct) -> None:
    there = powers(cast, cast.ruth, direct.room)
    others = ("link", "words", "topic", "role", "mute", "ban")
    assert {name: code(there[name]) for name in others} == dict.fromkeys(others, "forbidden")


def test_a_direct_room_without_a_report_is_not_there(cast: Cast) -> None:
    quiet = cast.open_direct(cast.alice, cast.dora)
    there = powers(cast, cast.sam, quiet)
    assert {code(there[name]) for name in ("link", "topic", "delete", "reports", "purge")} == {"not_found"}


def _author(user: User) -> Author:
    return Author(user.pk, user.handle, user.name)
