"""One link, for everybody: carol has an account, nora has none, mallory is new and tries to get around that.

alice owns a private room, ruth is of the staff.
"""

from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
import segno
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from chat.actions.moderation.moderation_filter import newcomer_until
from chat.actions.rooms import creating, invitations
from chat.models import Invitation, Membership, Room
from chat.moderators_group import NAME

PASSWORD = "a long enough one"


def facts(handle):
    return {"name": handle.title(), "username": handle, "email": f"{handle}@example.org", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def _limits_in_memory(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture(params=["open", "invite", "closed"])
def signup(request, settings):
    settings.SIGNUP, settings.NEWCOMER_MINUTES = request.param, 60
    return request.param


@pytest.fixture
def by_invitation(settings):
    settings.SIGNUP, settings.NEWCOMER_MINUTES = "invite", 60


@pytest.fixture
def people(live, db):
    ruth = User.objects.create_superuser("ruth@example.org", "ruth", name="Ruth")
    everybody = {handle: User.objects.create_user(f"{handle}@example.org", handle) for handle in ("alice", "carol", "mallory")}
    return everybody | {"ruth": ruth}


@pytest.fixture
def hidden(people):
    return creating.create_room(people["alice"], "Hidden", "private", "what we build")


def path_of(maker, room=None, **terms):
    return str(invitations.make_invitation(maker, room and room.pk, **terms).link()).removeprefix("http://localhost:7777")


def rooms_of(handle):
    return set(Membership.objects.filter(user__handle=handle).values_list("room__name", flat=True))


def test_by_the_owners_link_nora_creates_an_account_in_every_mode_and_is_in_the_room(people, signup):
    room = creating.create_room(people["ruth"], "General", "public")
    path = path_of(people["ruth"], room)
    nora = Client()
    page = nora.get(path)
    assert page.status_code == 200
    assert "<bdi>Ruth</bdi> invites you to <bdi>General</bdi> at <bdi>Parley</bdi>" in page.content.decode()
    assert nora.post(path, facts("nora"))["Location"] == f"/rooms/{room.slug}/"
    assert rooms_of("nora") == {"General"}
    assert nora.get(f"/rooms/{room.slug}/").status_code == 200
    assert Invitation.objects.get().uses == 1


def test_by_a_members_link_she_does_where_accounts_are_not_closed(people, hidden, signup):
    path = path_of(people["alice"], hidden)
    nora = Client()
    page, answer = nora.get(path).content.decode(), nora.post(path, facts("nora"))
    assert f'href="/accounts/login/?next={quote(path, safe="")}"' in page
    assert ("Create account and join" in page, "does not accept new accounts" in page) == (
        signup != "closed",
        signup == "closed",
    )
    assert (answer.status_code, rooms_of("nora")) == ((200, set()) if signup == "closed" else (302, {"Hidden"}))
    assert Client().get("/accounts/signup/").status_code == (200 if signup == "open" else 403)


def test_carol_who_is_logged_in_joins_with_one_press_in_every_mode(people, hidden, signup):
    path = path_of(people["alice"], hidden)
    carol = Client()
    carol.force_login(people["carol"])
    page = carol.get(path).content.decode()
    assert "<bdi>alice</bdi> invites you to <bdi>Hidden</bdi>" in page
    assert "what we build" in page
    assert carol.post(path)["Location"] == f"/rooms/{hidden.slug}/"
    assert carol.get(path)["Location"] == f"/rooms/{hidden.slug}/"
    assert Invitation.objects.get().uses == 1


def test_a_link_to_the_server_leads_into_the_rooms_for_new_accounts(people, by_invitation):
    creating.create_room(people["ruth"], "Hall", "public", newcomers_join=True)
    path = path_of(people["ruth"])
    assert "<bdi>Ruth</bdi> invites you to <bdi>Parley</bdi>" in Client().get(path).content.decode()
    assert Client().post(path, facts("nora"))["Location"] == "/"
    assert rooms_of("nora") == {"Hall"}


def test_without_a_link_the_door_stays_closed(client, people, by_invitation):
    for path in ("/accounts/signup/", "/invited/guessed/"):
        assert client.get(path).status_code == client.post(path, facts("mallory2")).status_code != 200
    assert client.post("/accounts/handle/", {"username": "free"}).status_code == 403
    assert client.post("/invited/guessed/handle/", {"username": "free"}).status_code == 404
    assert not User.objects.filter(handle="mallory2").exists()


def test_the_form_of_a_link_checks_handles_where_sign_up_is_not_open(client, people, by_invitation):
    path = path_of(people["ruth"])
    assert f'data-checks="{path}handle/"' in client.get(path).content.decode()
    assert client.post(f"{path}handle/", {"username": "nora"}).json()["free"] is True


def test_a_link_is_good_for_as_many_as_was_said_also_of_those_who_came_together(people, by_invitation):
    path = path_of(people["ruth"], most_uses=1)
    first, second = Client(), Client()
    assert (first.get(path).status_code, second.get(path).status_code) == (200, 200)
    assert first.post(path, facts("nora")).status_code == 302
    assert second.post(path, facts("oskar")).status_code == 404
    assert not User.objects.filter(handle="oskar").exists()
    assert "no longer valid" in second.get(path).content.decode()


def test_of_two_in_the_same_moment_one_gets_the_last_use(people, by_invitation, monkeypatch):
    path = path_of(people["ruth"], most_uses=1)
    good = Invitation.objects.get()
    monkeypatch.setattr("chat.web.pages.invited.invitation_by_token", lambda _token: good)  # both looked before either claimed
    assert [Client().post(path, facts(handle)).status_code for handle in ("nora", "oskar")] == [302, 404]


def test_a_try_that_fails_uses_nothing_up(people, by_invitation, monkeypatch):
    path = path_of(people["ruth"], most_uses=1)
    nora = Client()
    assert nora.post(path, facts("carol")).status_code == 200

    def taken(*args, **kwargs):
        raise IntegrityError

    with monkeypatch.context() as patch:
        patch.setattr(User, "save", taken)
        assert nora.post(path, facts("nora")).status_code == 200
    assert Invitation.objects.get().uses == 0
    assert nora.post(path, facts("nora")).status_code == 302


def test_links_that_are_over_or_revoked_say_so(people, by_invitation):
    over, revoked = path_of(people["ruth"], seconds=60), path_of(people["ruth"])
    Invitation.objects.exclude(ends_at=None).update(ends_at=timezone.now() - timedelta(seconds=1))
    invitations.revoke_invitation(people["ruth"], Invitation.objects.get(ends_at=None).pk)
    for path in (over, revoked):
        page = Client().get(path)
        assert (page.status_code, "Ask for a new one" in page.content.decode()) == (404, True)


def test_the_address_of_old_links_to_sign_up_leads_here(client, people, by_invitation):
    path = path_of(people["ruth"])
    assert client.get(f"/accounts{path}")["Location"] == path


def test_the_secret_is_not_in_the_record(people):
    token = path_of(people["ruth"]).split("/")[-2]
    assert token not in str(list(Invitation.objects.values()))


def test_who_signs_up_is_new_and_who_is_invited_is_not(people, settings):
    settings.SIGNUP, settings.NEWCOMER_MINUTES = "open", 60
    Client().post("/accounts/signup/", facts("oskar"))
    Client().post(path_of(people["ruth"]), facts("nora"))
    assert [bool(newcomer_until(User.objects.get(handle=handle))) for handle in ("oskar", "nora")] == [True, False]


def test_mallory_who_is_new_cannot_invite_an_account_that_is_not(people, settings):
    settings.SIGNUP, settings.NEWCOMER_MINUTES = "open", 60
    browser = Client()
    browser.post("/accounts/signup/", facts("mal"))
    mal = User.objects.get(handle="mal")
    room = creating.create_room(mal, "Mine", "public")
    Client().post(path_of(mal, room), facts("mal2"))
    second = User.objects.get(handle="mal2")
    Client().post(path_of(second, room), facts("mal3"))
    third = User.objects.get(handle="mal3")
    assert newcomer_until(third) == newcomer_until(second) == newcomer_until(mal) > 0


def test_with_mail_an_address_that_has_an_account_looks_the_same_and_uses_nothing_up(people, by_invitation, settings):
    settings.SENDS_MAIL, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    path = path_of(people["ruth"])
    answers = [
        Client().post(path, facts("nora")),
        Client().post(path, facts("oskar") | {"email": "carol@example.org"}),
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert Invitation.objects.get().uses == 1
    assert not User.objects.filter(handle="oskar").exists()


def test_staff_who_lost_the_permission_invite_nobody(people, by_invitation):
    mona = User.objects.create_user("mona@example.org", "mona", is_staff=True)
    mona.groups.add(Group.objects.get(name=NAME))
    path = path_of(mona)
    assert Client().get(path).status_code == 200
    mona.groups.clear()
    assert Client().get(path).status_code == 404
    assert Room.objects.count() == 0


def test_the_code_is_an_image_of_the_makers_own_link(people, hidden):
    invitation = invitations.make_invitation(people["alice"], hidden.pk)
    path = f"/invitations/{invitation.pk}/code.svg"
    alice, carol = Client(), Client()
    alice.force_login(people["alice"])
    carol.force_login(people["carol"])
    code = alice.get(path)
    assert (code.status_code, code["Content-Type"]) == (200, "image/svg+xml")
    assert "no-store" in code["Cache-Control"]
    same = segno.make(str(invitation.link()), error="m", micro=False).svg_data_uri(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    assert code.content.decode().partition(' d="M4')[2][:200] in unquote(same)
    assert (carol.get(path).status_code, Client().get(path).status_code) == (404, 302)
    invitations.revoke_invitation(people["alice"], invitation.pk)
    assert alice.get(path).status_code == 404
