"""What moderators fetch: reports and sanctions of their rooms, and of no others."""

import pytest
from django.test import Client

from accounts.models import User
from chat.actions import membership, moderation, roles, rooms
from chat.models import Report, Room

PAGES = ("/rooms/{}/reports/", "/rooms/{}/sanctions/")


@pytest.fixture
def people(db) -> dict[str, User]:
    handles = ("alice", "bob", "carol", "dora", "erin")
    found = {handle: User.objects.create_user(f"{handle}@example.org", handle) for handle in handles}
    return found | {"ruth": User.objects.create_user("ruth@example.org", "ruth", is_staff=True)}


def _open(people, name, kind="public") -> Room:
    room = rooms.create_room(people["alice"], name, kind)
    for handle in ("bob", "dora", "erin"):
        membership.add_member(room.pk, people[handle].pk)
    roles.set_role(room.pk, people["dora"].pk, "moderator")
    return room


@pytest.fixture
def room(people) -> Room:
    return _open(people, "Lounge")


def _get(person, address, **query):
    browser = Client()
    if person:
        browser.force_login(person)
    return browser.get(address, query)


@pytest.mark.parametrize("page", PAGES)
def test_who_may_look(people, room, page):
    hidden = _open(people, "Hidden", "private")
    for handle, seen, seen_hidden in [
        ("alice", 200, 200), ("dora", 200, 200), ("ruth", 200, 200), ("bob", 403, 403), ("carol", 403, 404), (None, 302, 302)
    ]:  # fmt: skip
        assert _get(people.get(handle), page.format(room.slug)).status_code == seen
        assert _get(people.get(handle), page.format(hidden.slug)).status_code == seen_hidden
    assert _get(people["alice"], page.format("no-such-room")).status_code == 404


def test_the_queue_and_what_was_resolved(people, room):
    def report(**facts):
        known = {"room": room, "reporter": people["bob"], "author": people["erin"], "reason": "rude", "snapshot": {"text": "x"}}
        return Report.objects.create(**{**known, **facts})

    report(seq=1, state="resolved", outcome="muted")
    report(seq=2, state="claimed", claimed_by=people["dora"])
    report(seq=3, author=people["dora"])

    queue = _get(people["dora"], f"/rooms/{room.slug}/reports/").json()["reports"]
    assert [(each["seq"], each["state"], each["claimed_by"]["handle"]) for each in queue] == [(2, "claimed", "dora")]
    assert (queue[0]["reporter"]["handle"], queue[0]["author"]["handle"]) == ("bob", "erin")
    done = _get(people["dora"], f"/rooms/{room.slug}/reports/", state="resolved").json()["reports"]
    assert [(each["seq"], each["outcome"]) for each in done] == [(1, "muted")]
    assert len(_get(people["ruth"], f"/rooms/{room.slug}/reports/").json()["reports"]) == 2


def test_what_holds_now_and_what_there_ever_was_of_one_person(people, room):
    moderation.mute_person(people["dora"], room.pk, people["bob"].pk, "spam", 600)
    moderation.unmute_person(people["alice"], room.pk, people["bob"].pk)
    moderation.mute_person(people["ruth"], None, people["bob"].pk, "more spam")
    moderation.ban_person(people["dora"], room.pk, people["erin"].pk, "rude")
    moderation.mute_person(people["ruth"], None, people["carol"].pk, "elsewhere")

    now = _get(people["dora"], f"/rooms/{room.slug}/sanctions/").json()["sanctions"]
    assert {(each["user"]["handle"], each["kind"], each["whole_site"], each["until"]) for each in now} == {
        ("bob", "mute", True, None), ("erin", "ban", False, None)
    }  # fmt: skip
    bobs = _get(people["dora"], f"/rooms/{room.slug}/sanctions/", user=people["bob"].pk).json()["sanctions"]
    assert [(each["reason"], each["by"]["handle"], bool(each["lifted_at"])) for each in bobs] == [
        ("more spam", "ruth", False), ("spam", "dora", True)
    ]  # fmt: skip


def test_who_is_banned_from_the_site_finds_why_until_when_and_the_way_out(people, room):
    moderation.ban_person(people["ruth"], None, people["bob"].pk, "spam & <b>noise</b>", 600)
    for page in ("/", "/rooms/", f"/rooms/{room.slug}/", f"/rooms/{room.slug}/members/", "/people/"):
        answer = _get(people["bob"], page)
        assert answer.status_code == 403
        assert b"spam &amp; &lt;b&gt;noise&lt;/b&gt;" in answer.content
        assert b"UTC" in answer.content
    assert _get(people["bob"], "/accounts/logout/").status_code == 200
    assert _get(people["alice"], "/rooms/").status_code == 200
