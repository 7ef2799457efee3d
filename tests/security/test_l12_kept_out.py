"""L12: who is banned from a public room reads nothing of it; a mute of the whole site covers all that others would read.

mallory is banned from alice's public room, or owns rooms and is muted on the whole site.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from chat.actions import presence
from chat.actions.messages import sending
from chat.actions.moderation import mute_kick_ban, report_handling, reports, word_rules
from chat.actions.rooms import creating, invitations, join_requests, membership, roles, room_settings
from chat.actions.rooms.departures import questions_of
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError
from chat.domain.protocol import History
from chat.live.live_state import LiveState
from chat.models import Report, Room
from tests.chat.actions.conftest import Cast, Ear

TOPIC = "where we meet on Friday"


def code(act: Callable[[], object]) -> str:
    try:
        act()
    except ChatError as error:
        return error.code
    return "ok"


@pytest.fixture
def mallory(cast: Cast) -> User:
    return User.objects.create_user("mallory@example.org", "mallory")


@pytest.fixture
def browser(mallory: User) -> Client:
    browser = Client()
    browser.force_login(mallory)
    return browser


@pytest.fixture
def closed(cast: Cast, mallory: User, live: LiveState) -> Room:
    """The public room from which mallory is banned, as a member or before they ever came."""
    room_settings.update_room(cast.alice, cast.room.pk, topic=TOPIC)
    cast.say(cast.bob, "a boat on Friday")
    Archiver(live).turn()
    mute_kick_ban.ban_person(cast.dora, cast.room.pk, mallory.pk, "spam")
    return Room.objects.get(pk=cast.room.pk)


PAGES = {"": 403, "1/": 403, "members/": 404, "preview/": 404}


def test_who_is_banned_sees_no_page_of_the_room(closed: Room, browser: Client) -> None:
    for part, status in PAGES.items():
        answer = browser.get(f"/rooms/{closed.slug}/{part}")
        assert answer.status_code == status, part
        assert not any(text in answer.content.decode() for text in (TOPIC, "bob", "a boat")), part


def test_who_is_banned_is_told_why_and_until_when(cast: Cast, closed: Room, browser: Client, mallory: User) -> None:
    page = browser.get(f"/rooms/{closed.slug}/").content.decode()
    assert "You are banned from this room" in page
    assert "Permanently: spam" in page
    mute_kick_ban.ban_person(cast.dora, closed.pk, mallory.pk, "more spam", 3_600)
    page = browser.get(f"/rooms/{closed.slug}/1/").content.decode()
    assert "Until <time" in page
    assert "more spam" in page
    assert closed.name not in page


NEW_NAME = "Merger with ACME"


@pytest.fixture
def hidden(cast: Cast) -> Room:
    """A private room of alice's that accepts requests, and that is named again after mallory was banned."""
    room = cast.open_room("Cellar", "private")
    room_settings.update_room(cast.alice, room.pk, takes_requests=True)
    return room


def rename(cast: Cast, room: Room) -> None:
    room_settings.update_room(cast.alice, room.pk, name=NEW_NAME)


@pytest.mark.parametrize("was_member", [False, True])
def test_a_private_room_is_not_found_by_people_banned_from_it(
    cast: Cast, hidden: Room, browser: Client, mallory: User, was_member: bool
) -> None:
    if was_member:
        membership.add_member(hidden.pk, mallory.pk)
    mute_kick_ban.ban_person(cast.alice, hidden.pk, mallory.pk, "spam")
    rename(cast, hidden)
    token = str(invitations.make_invitation(cast.alice, hidden.pk).link()).split("/")[-2]
    assert NEW_NAME not in browser.get("/rooms/", {"q": "merger"}).content.decode()
    for path in (f"/rooms/{hidden.slug}/", f"/rooms/{hidden.slug}/1/", "/rooms/no-such-room/"):
        assert browser.get(path).status_code == 404, path
    for path in (f"/rooms/{hidden.slug}/ask/", "/rooms/no-such-room/ask/"):
        assert browser.post(path, {"words": "please"}).status_code == 404, path
    # A link in hand says that there is a room: it is refused with the reason, and without the name.
    for answer in (browser.get(f"/invited/{token}/"), browser.post(f"/invited/{token}/")):
        assert answer.status_code == 403
        assert "spam" in answer.content.decode()
        assert NEW_NAME not in answer.content.decode()


def test_nor_is_it_given_by_a_question_that_was_asked_before(cast: Cast, hidden: Room, mallory: User) -> None:
    membership.add_member(hidden.pk, mallory.pk)
    membership.leave_room(mallory, hidden.pk)
    membership.invite_member(cast.alice, hidden.pk, mallory.pk)
    assert [question["room"] for question in questions_of([mallory.pk])[mallory.pk]] == [hidden.pk]
    mute_kick_ban.ban_person(cast.alice, hidden.pk, mallory.pk, "spam")
    rename(cast, hidden)
    assert questions_of([mallory.pk])[mallory.pk] == []


def test_nor_finds_or_lists_it(cast: Cast, closed: Room, browser: Client, mallory: User) -> None:
    assert TOPIC not in browser.get("/rooms/").content.decode()
    assert browser.get("/search/", {"q": "boat"}).json()["results"] == []
    assert code(lambda: sending.read_history(mallory.pk, History(closed.pk))) in ("banned", "not_member")
    token = str(invitations.make_invitation(cast.dora, closed.pk).link()).split("/")[-2]
    assert browser.get(f"/invited/{token}/").status_code == 403


def test_and_does_again_once_the_ban_is_lifted(cast: Cast, closed: Room, browser: Client, mallory: User) -> None:
    mute_kick_ban.unban_person(cast.dora, closed.pk, mallory.pk)
    assert TOPIC in browser.get("/rooms/").content.decode()
    assert browser.get(f"/rooms/{closed.slug}/members/").status_code == 200


@pytest.fixture
def own(cast: Cast, mallory: User) -> Room:
    """A room of mallory's, who is muted on the whole site from now on."""
    room = creating.create_room(mallory, "Lair", "private")
    for person in (cast.bob, cast.carol):
        membership.add_member(room.pk, person.pk)
    creating.open_direct_room(mallory, [cast.bob.pk])
    word_rules.set_word_rule(mallory, room.pk, "word", "before", "flag")
    mute_kick_ban.mute_person(cast.ruth, None, mallory.pk, "insults", 600)
    return room


def test_who_is_muted_everywhere_writes_nothing_that_others_read(cast: Cast, own: Room, mallory: User) -> None:
    door = cast.open_room("Door", "private")
    room_settings.update_room(cast.alice, door.pk, takes_requests=True)
    reports.report_message(cast.bob, own.pk, cast.say(cast.carol, "rude", room=own), "rude")
    pk, bob, carol = own.pk, cast.bob.pk, cast.carol.pk
    acts: dict[str, Callable[[], object]] = {
        "name": lambda: room_settings.update_room(mallory, pk, name="bob is a thief"),
        "topic": lambda: room_settings.update_room(mallory, pk, topic="bob is a thief"),
        "room": lambda: creating.create_room(mallory, "bob is a thief", "public"),
        "direct room": lambda: creating.open_direct_room(mallory, [carol]),
        "invitation": lambda: membership.invite_member(mallory, pk, cast.erin.pk),
        "link": lambda: invitations.make_invitation(mallory, pk),
        "request": lambda: join_requests.ask_to_join(mallory, door.slug, "bob is a thief"),
        "word list": lambda: word_rules.set_word_rule(mallory, pk, "word", "bob is a thief", "refuse"),
        "reason": lambda: mute_kick_ban.kick_member(mallory, pk, bob, "a thief"),
        "answer": lambda: report_handling.resolve_report(mallory, Report.objects.get().pk, answer="bob is a thief"),
        "role": lambda: roles.change_role(mallory, pk, bob, "moderator"),
        "typing": lambda: presence.tell_typing(mallory.pk, pk),
        "message": lambda: cast.say(mallory, "bob is a thief", room=own),
    }
    assert {name: code(act) for name, act in acts.items()} == dict.fromkeys(acts, "muted")


def test_they_still_read_report_and_leave(cast: Cast, own: Room, mallory: User) -> None:
    seq = cast.say(cast.bob, "rude", room=own)
    assert code(lambda: reports.report_message(mallory, own.pk, seq, "rude")) == "ok"
    assert code(lambda: report_handling.reports_for(mallory, own.pk)) == "ok"
    assert code(lambda: word_rules.rules_for(mallory, own.pk)) == "ok"
    assert code(lambda: membership.join_room(mallory, cast.room.pk)) == "ok"
    assert code(lambda: membership.leave_room(mallory, own.pk)) == "ok"


def test_typing_is_told_where_one_may_write(cast: Cast, own: Room, mallory: User, ear: Ear) -> None:
    ear.listen(f"room:{{{own.pk}}}:events")
    presence.tell_typing(cast.bob.pk, own.pk)
    assert [(name, payload["user"]) for _, name, payload in ear.heard()] == [("typing", cast.bob.pk)]
    mute_kick_ban.unmute_person(cast.ruth, None, mallory.pk)
    assert code(lambda: presence.tell_typing(mallory.pk, own.pk)) == "ok"
    mute_kick_ban.mute_person(mallory, own.pk, cast.bob.pk, "noise", 600)
    assert code(lambda: presence.tell_typing(cast.bob.pk, own.pk)) == "muted"


def test_the_page_says_so_instead_of_breaking(cast: Cast, own: Room, browser: Client) -> None:
    door = cast.open_room("Door", "private")
    room_settings.update_room(cast.alice, door.pk, takes_requests=True)
    assert browser.post(f"/rooms/{door.slug}/ask/", {"words": "please"}).status_code == 403
