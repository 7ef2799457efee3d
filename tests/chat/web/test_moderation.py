"""What moderators fetch: reports and sanctions of their rooms, and of no others."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from chat.actions.moderation import mute_kick_ban, word_rules
from chat.actions.rooms import creating, invitations, join_requests, membership, roles, room_settings
from chat.models import JoinRequest, Message, ModerationLog, Report, Room

PAGES = ("reports", "sanctions", "invitations", "requests", "words")


@pytest.fixture
def people(db) -> dict[str, User]:
    handles = ("alice", "bob", "carol", "dora", "erin")
    found = {handle: User.objects.create_user(f"{handle}@example.org", handle) for handle in handles}
    ruth = User.objects.create_user("ruth@example.org", "ruth", is_staff=True)
    ruth.groups.add(Group.objects.get(name="Moderators"))
    return found | {"ruth": ruth}


def _open(people, name, kind="public") -> Room:
    room = creating.create_room(people["alice"], name, kind)
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
@pytest.mark.parametrize("kind", ["public", "private"])
def test_who_may_look(people, page, kind):
    room = _open(people, "Lounge", kind)
    # Nobody asks to join where everybody may.
    seen = 403 if (page, kind) == ("requests", "public") else 200
    unseen = 403 if kind == "public" else 404
    for handle, status in {"alice": seen, "dora": seen, "ruth": seen, "bob": 403, "carol": unseen, None: 401}.items():
        assert _get(people.get(handle), f"/rooms/{room.slug}/{page}/").status_code == status, handle
    assert _get(people["alice"], f"/rooms/no-such-room/{page}/").status_code == 404


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
    mute_kick_ban.mute_person(people["dora"], room.pk, people["bob"].pk, "spam", 600)
    mute_kick_ban.unmute_person(people["alice"], room.pk, people["bob"].pk)
    mute_kick_ban.mute_person(people["ruth"], None, people["bob"].pk, "more spam")
    mute_kick_ban.ban_person(people["dora"], room.pk, people["erin"].pk, "rude")
    mute_kick_ban.mute_person(people["ruth"], None, people["carol"].pk, "elsewhere")
    for name in ("Kitchen", "Garden"):  # however many rooms they are in, it is told once
        _open(people, name)

    now = _get(people["dora"], f"/rooms/{room.slug}/sanctions/").json()["sanctions"]
    assert sorted((each["user"]["handle"], each["kind"], each["whole_site"], each["until"]) for each in now) == [
        ("bob", "mute", True, None), ("erin", "ban", False, None)
    ]  # fmt: skip
    bobs = _get(people["dora"], f"/rooms/{room.slug}/sanctions/", user=people["bob"].pk).json()["sanctions"]
    assert [(each["reason"], each["by"]["handle"], bool(each["lifted_at"])) for each in bobs] == [
        ("more spam", "ruth", False), ("spam", "dora", True)
    ]  # fmt: skip


def test_who_is_banned_from_the_site_finds_why_until_when_and_the_way_out(people, room):
    mute_kick_ban.ban_person(people["ruth"], None, people["bob"].pk, "spam & <b>noise</b>", 600)
    for page in ("/", "/rooms/", f"/rooms/{room.slug}/"):
        answer = _get(people["bob"], page)
        assert answer.status_code == 403
        assert b"spam &amp; &lt;b&gt;noise&lt;/b&gt;" in answer.content
        assert b"UTC" in answer.content
    assert _get(people["bob"], "/accounts/logout/").status_code == 200
    assert _get(people["alice"], "/rooms/").status_code == 200


def test_one_queue_of_all_the_rooms_one_moderates_and_what_came_of_ones_own_reports(people, room):
    def report(place, **facts):
        known = {"room": place, "seq": 1, "reporter": people["bob"], "author": people["erin"], "reason": "rude", "snapshot": {}}
        return Report.objects.create(**{**known, **facts})

    report(room)
    report(_open(people, "Kitchen"), seq=2, state="claimed", claimed_by=people["alice"])
    report(room, seq=3, author=people["dora"])
    report(room, seq=4, state="resolved", outcome="muted erin", answer="Thank you", resolved_by=people["dora"])

    def asked(handle):
        return _get(people[handle], "/reports/").json()

    assert [(each["room"]["name"], each["seq"], each["state"]) for each in asked("dora")["of_rooms"]] == [
        ("Kitchen", 2, "claimed"), ("Lounge", 1, "open")
    ]  # fmt: skip
    assert [each["seq"] for each in asked("alice")["of_rooms"]] == [3, 2, 1]
    for outsider in ("bob", "erin", "carol"):
        assert asked(outsider)["of_rooms"] == []
    assert [each["seq"] for each in asked("ruth")["of_rooms"]] == [3, 2, 1]  # the site's staff answer in every room
    past = _get(people["dora"], "/reports/", state="resolved").json()["of_rooms"]
    assert [(each["seq"], each["outcome"]) for each in past] == [(4, "muted erin")]
    assert asked("dora")["mine"] == asked("erin")["mine"] == []
    mine = asked("bob")["mine"]
    assert [(each["seq"], each["state"], each["answer"]) for each in mine] == [
        (4, "resolved", "Thank you"), (3, "open", ""), (2, "claimed", ""), (1, "open", "")
    ]  # fmt: skip
    assert not any({"outcome", "resolved_by", "claimed_by"} & each.keys() for each in mine)
    assert _get(None, "/reports/").status_code == 401


def test_moderators_read_what_a_deleted_message_said(people, room):
    def said(seq, **facts):
        Message.objects.create(room=room, seq=seq, author=people["erin"], text="rude", sent_at=1, rest="{}", **facts)

    said(1, deleted=True)
    said(2)
    address = f"/rooms/{room.slug}/{{}}/deleted/"
    assert _get(people["dora"], address.format(1)).json() == {"text": "rude"}
    assert _get(people["ruth"], address.format(1)).status_code == 200
    assert _get(people["dora"], address.format(2)).status_code == 404
    for handle in ("bob", "erin", "carol"):
        assert _get(people[handle], address.format(1)).status_code == 403


def test_links_requests_and_words(people):
    hidden = _open(people, "Hidden", "private")
    invitations.make_invitation(people["dora"], hidden.pk, 5, 600)
    JoinRequest.objects.create(room=hidden, user=people["carol"], words="please")
    word_rules.set_word_rule(people["dora"], hidden.pk, "word", "casino", "hold")
    word_rules.set_word_rule(people["ruth"], None, "link", "spam.example", "refuse")

    [link] = _get(people["alice"], f"/rooms/{hidden.slug}/invitations/").json()["invitations"]
    assert (link["by"]["handle"], link["uses"], link["most_uses"], bool(link["until"])) == ("dora", 0, 5, True)
    [request] = _get(people["alice"], f"/rooms/{hidden.slug}/requests/").json()["requests"]
    assert (request["user"]["handle"], request["words"]) == ("carol", "please")
    words = _get(people["alice"], f"/rooms/{hidden.slug}/words/").json()["words"]
    assert {(word["pattern"], word["effect"], word["whole_site"]) for word in words} == {
        ("casino", "hold", False), ("spam.example", "refuse", True)
    }  # fmt: skip


def test_an_invitation_is_looked_at_and_then_accepted(people):
    hidden = _open(people, "Hidden", "private")
    path = str(invitations.make_invitation(people["dora"], hidden.pk, 1).link()).removeprefix("http://localhost:7777")
    carol = Client()
    carol.force_login(people["carol"])
    page = carol.get(path)
    assert (page.status_code, b"Hidden" in page.content, b"Join the room" in page.content) == (200, True, True)
    assert not hidden.memberships.filter(user=people["carol"]).exists()
    assert carol.post(path)["Location"] == f"/rooms/{hidden.slug}/"
    assert hidden.memberships.filter(user=people["carol"]).exists()
    assert _get(people["ruth"], path).status_code == 404
    assert _get(people["ruth"], "/invited/guessed/").status_code == 404


def test_a_door_is_shown_where_the_room_takes_requests(people):
    hidden = _open(people, "Hidden", "private")
    carol = Client()
    carol.force_login(people["carol"])
    address = f"/rooms/{hidden.slug}/"
    assert (carol.get(address).status_code, carol.post(f"{address}ask/").status_code) == (404, 404)

    room_settings.update_room(people["alice"], hidden.pk, takes_requests=True)
    page = carol.get(address)
    assert (page.status_code, b"Request to join" in page.content) == (200, True)
    assert carol.post(f"{address}ask/", {"words": "please"})["Location"] == address
    assert b"You have requested to join" in carol.get(address).content
    assert [request.words for request in JoinRequest.objects.all()] == ["please"]
    for part in ("members", "reports", "1"):
        assert carol.get(f"{address}{part}/").status_code == 404

    join_requests.answer_request(people["dora"], hidden.pk, people["carol"].pk, accept=False, answer="Not this year")
    assert b"Not this year" in carol.get(address).content
    assert carol.post(f"{address}ask/", {"words": "x" * 201}).status_code == 400
    mute_kick_ban.ban_person(people["dora"], hidden.pk, people["carol"].pk, "spam")
    assert carol.post(f"{address}ask/").status_code == 404


def test_who_waits_at_all_the_doors_that_one_answers_for(people):
    doors = [_open(people, name, "private") for name in ("Hidden", "Cellar")]
    for door in doors:
        JoinRequest.objects.create(room=door, user=people["carol"], words=f"into {door.name}")
    JoinRequest.objects.create(room=doors[0], user=people["erin"], state="declined")

    def waiting(handle):
        told = _get(people[handle], "/requests/").json()["requests"]
        return [(each["room"]["name"], each["user"]["handle"], each["words"]) for each in told]

    everyone = [("Cellar", "carol", "into Cellar"), ("Hidden", "carol", "into Hidden")]
    assert waiting("alice") == waiting("dora") == waiting("ruth") == everyone
    assert waiting("bob") == waiting("carol") == []
    assert _get(None, "/requests/").status_code == 401


def test_who_may_ask_how_much_a_purge_would_take(people, room, monkeypatch):
    monkeypatch.setattr(
        "chat.actions.moderation.purging._seqs_of", lambda room_id, user_id, since: [1, 2] if since else [1, 2, 3]
    )
    address = f"/rooms/{room.slug}/purge/{people['erin'].pk}/"
    assert _get(people["dora"], address).json() == {"count": 3}
    assert _get(people["ruth"], address, seconds="3600").json() == {"count": 2}
    assert _get(people["dora"], address, seconds="soon").status_code == 404
    for handle, status in {"bob": 403, "erin": 403, "carol": 403, None: 401}.items():
        assert _get(people.get(handle), address).status_code == status, handle


def test_who_sees_which_purges_can_be_undone(people, room):
    facts = {"by": people["dora"], "room": room, "user": people["erin"]}
    entries = [
        ModerationLog.objects.create(action="purge", reason=f"spam {n}", details={"seqs": [n] * n}, **facts)
        for n in range(1, 8)
    ]
    ModerationLog.objects.create(action="unpurge", details={"undoes": entries[5].pk}, **facts)
    address = f"/rooms/{room.slug}/purges/{people['erin'].pk}/"
    found = _get(people["dora"], address).json()["purges"]
    assert [(purge["purge"], purge["count"], purge["reason"], purge["by"]["handle"]) for purge in found] == [
        (entries[n - 1].pk, n, f"spam {n}", "dora") for n in (7, 5, 4, 3, 2)
    ]
    for handle, status in {"bob": 403, "erin": 403, "carol": 403, None: 401}.items():
        assert _get(people.get(handle), address).status_code == status, handle
