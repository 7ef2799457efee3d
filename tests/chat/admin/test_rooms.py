import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from chat.actions.rooms import creating, membership
from chat.domain.errors import unavailable
from chat.models import Membership, Room

LIST = "/admin/chat/room/"


@pytest.fixture(autouse=True)
def brought_live(monkeypatch) -> list[int]:
    """The ids of rooms that were to be brought to Redis, which these tests do without."""
    ids: list[int] = []
    monkeypatch.setattr("chat.sync.projection.project_pending", ids.append)
    return ids


@pytest.fixture
def people(db) -> dict[str, User]:
    return {handle: User.objects.create_user(f"{handle}@example.org", handle) for handle in ("alice", "bob", "carol")}


@pytest.fixture
def ruth(db) -> User:
    return User.objects.create_superuser("ruth@example.org", "ruth")


@pytest.fixture
def owner(client, ruth) -> Client:
    client.force_login(ruth)
    browser: Client = client
    return browser


@pytest.fixture
def room(people) -> Room:
    made = creating.create_room(people["alice"], "general", "public")
    membership.add_member(made.pk, people["bob"].pk)
    return made


def form_of(room: Room, **facts: str) -> dict[str, str]:
    """What the browser sends for the room's screen when nothing was changed but these facts."""
    members = list(room.memberships.order_by("pk"))
    sent = {"name": room.name, "topic": room.topic, "state": room.state, "slow_mode": str(room.slow_mode)}
    sent |= {"memberships-TOTAL_FORMS": str(len(members) + 1), "memberships-INITIAL_FORMS": str(len(members))}
    for n, member in enumerate(members):
        sent |= {f"memberships-{n}-id": str(member.pk), f"memberships-{n}-room": str(room.pk)}
        sent |= {f"memberships-{n}-user": str(member.user_id), f"memberships-{n}-role": member.role}
    last = len(members)
    sent |= {f"memberships-{last}-user": "", f"memberships-{last}-role": "member", f"memberships-{last}-room": str(room.pk)}
    return sent | {field.replace("NEW", str(last)): value for field, value in facts.items()}


def save(browser: Client, room: Room, **facts: str):
    return browser.post(f"{LIST}{room.pk}/change/", form_of(room, **facts))


def roles(room: Room) -> dict[str, str]:
    return dict(room.memberships.values_list("user__handle", "role"))


def errors(response) -> str:
    return str(response.context["errors"])


def test_a_room_is_made_and_its_maker_owns_it(owner, ruth, brought_live, django_capture_on_commit_callbacks):
    facts = {"name": "Lounge", "kind": "public", "topic": "Anything", "newcomers_join": "on"}
    inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    with django_capture_on_commit_callbacks(execute=True):
        assert owner.post(f"{LIST}add/", facts | inline).status_code == 302
    room = Room.objects.get()
    assert (room.name, room.slug, room.topic, room.newcomers_join, room.created_by) == (
        "Lounge",
        "lounge",
        "Anything",
        True,
        ruth,
    )
    assert roles(room) == {"ruth": "owner"}
    assert set(brought_live) == {room.pk}


def test_a_name_that_is_taken_is_a_form_error_and_nothing_is_kept(owner, room):
    inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    reply = owner.post(f"{LIST}add/", {"name": "General", "kind": "public", "topic": "Mine"} | inline)
    assert reply.status_code == 200
    assert "already taken" in errors(reply)
    assert 'value="Mine"' in reply.content.decode()
    assert Room.objects.get() == room


def test_everything_about_a_room_is_changed_through_the_actions(owner, room, brought_live, django_capture_on_commit_callbacks):
    version = Room.objects.get().version
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            save(owner, room, name="Everyone", topic="Hi", state="locked", slow_mode="30", newcomers_join="on").status_code
            == 302
        )
    room = Room.objects.get()
    assert (room.name, room.slug, room.topic, room.state) == ("Everyone", "everyone", "Hi", "locked")
    assert (room.slow_mode, room.newcomers_join, room.kind) == (30, True, "public")
    assert room.version > version
    assert set(brought_live) == {room.pk}


def test_a_save_without_a_change_changes_nothing(owner, room):
    version = Room.objects.get().version
    assert save(owner, room).status_code == 302
    assert Room.objects.get().version == version


@pytest.mark.parametrize(
    ("field", "wrong"), [("name", ""), ("name", "x" * 61), ("name", "\u3164"), ("slow_mode", "99999999"), ("state", "gone")]
)
def test_what_is_wrong_is_said_in_the_form(owner, room, field, wrong):
    reply = save(owner, room, **{field: wrong})
    assert reply.status_code == 200
    assert errors(reply)
    assert Room.objects.get().name == "general"


def test_newcomers_cannot_be_put_into_a_private_room(owner, people):
    private = creating.create_room(people["alice"], "Board", "private")
    assert "public rooms" in errors(save(owner, private, newcomers_join="on"))


def test_members_are_added_changed_and_removed_in_the_room(owner, room, people):
    new = {"memberships-NEW-user": str(people["carol"].pk), "memberships-NEW-role": "moderator"}
    assert save(owner, room, **new).status_code == 302
    assert roles(room) == {"alice": "owner", "bob": "member", "carol": "moderator"}
    assert save(owner, room, **{"memberships-1-role": "moderator", "memberships-2-DELETE": "on"}).status_code == 302
    assert roles(room) == {"alice": "owner", "bob": "moderator"}


def test_owner_and_member_change_places_in_one_save(owner, room):
    assert save(owner, room, **{"memberships-0-role": "member", "memberships-1-role": "owner"}).status_code == 302
    assert roles(room) == {"alice": "member", "bob": "owner"}


def test_a_refused_role_undoes_the_whole_save_and_says_why(owner, room):
    reply = save(owner, room, name="Renamed", **{"memberships-0-role": "member"})
    assert "needs an owner" in errors(reply)
    assert Room.objects.get().name == "general"
    assert roles(room) == {"alice": "owner", "bob": "member"}


def test_a_deactivated_person_is_not_added(owner, room, people):
    User.objects.filter(handle="carol").update(is_active=False)
    new = {"memberships-NEW-user": str(people["carol"].pk), "memberships-NEW-role": "member"}
    assert save(owner, room, **new).status_code == 200
    assert "carol" not in roles(room)


def test_a_member_cannot_be_swapped_for_another(owner, room, people):
    save(owner, room, **{"memberships-1-user": str(people["carol"].pk), "memberships-1-role": "moderator"})
    assert roles(room) == {"alice": "owner", "bob": "moderator"}


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("lock", "open", "locked"),
        ("lock", "archived", "archived"),
        ("unlock", "locked", "open"),
        ("unlock", "archived", "archived"),
        ("unlock", "announcement", "announcement"),
        ("archive", "open", "archived"),
    ],
)
def test_rooms_are_closed_and_opened_from_the_list(owner, room, action, before, after):
    Room.objects.update(state=before)
    assert owner.post(LIST, {"action": action, "_selected_action": [room.pk]}).status_code == 302
    assert Room.objects.get().state == after


def test_the_list_counts_members_and_finds_rooms(owner, room, people):
    creating.create_room(people["carol"], "Elsewhere", "private")
    page = owner.get(LIST, {"q": "gener"}).content.decode()
    assert "general" in page
    assert "Elsewhere" not in page
    assert '<td class="field-people">2</td>' in page


def test_direct_rooms_are_their_peoples_own(owner, people):
    direct = creating.open_direct_room(people["alice"], [people["bob"].pk])
    member = Membership.objects.filter(room=direct).first()
    assert member
    assert direct.slug not in owner.get(LIST).content.decode()
    assert owner.get(f"{LIST}{direct.pk}/change/").status_code == 302
    assert owner.post(f"{LIST}{direct.pk}/change/", {"name": "x"}).status_code == 302
    owner.post(LIST, {"action": "lock", "_selected_action": [direct.pk]})
    assert Room.objects.get().state == "open"
    assert owner.get(f"/admin/chat/membership/{member.pk}/change/").status_code == 302
    add = {"room": direct.pk, "user": people["carol"].pk, "role": "member"}
    assert owner.post("/admin/chat/membership/add/", add).status_code == 200
    assert set(roles(direct)) == {"alice", "bob"}


def test_rooms_are_never_deleted(owner, room):
    assert owner.get(f"{LIST}{room.pk}/delete/").status_code == 403
    owner.post(LIST, {"action": "delete_selected", "_selected_action": [room.pk]})
    assert Room.objects.get() == room


def test_a_large_room_leaves_its_members_to_their_own_screen(owner, room):
    crowd = User.objects.bulk_create(User(email=f"p{n}@x.org", handle=f"p{n}", name=f"P{n}") for n in range(101))
    Membership.objects.bulk_create(Membership(room=room, user=user) for user in crowd)
    page = owner.get(f"{LIST}{room.pk}/change/").content.decode()
    assert "memberships-TOTAL_FORMS" not in page
    assert f'/admin/chat/membership/?room={room.pk}">103 in all' in page
    assert owner.get(f"/admin/chat/membership/?room={room.pk}").status_code == 200
    facts = {"name": "Crowd", "topic": "", "state": "open", "slow_mode": "0"}
    assert owner.post(f"{LIST}{room.pk}/change/", facts).status_code == 302
    assert Room.objects.get().name == "Crowd"


def test_only_staff_with_the_permission_come_in(room, people):
    browser = Client()
    assert browser.get(LIST).status_code == 302
    alice = people["alice"]
    browser.force_login(alice)
    assert browser.get(LIST, follow=True).status_code == 403
    alice.is_staff = True
    alice.save()
    assert browser.get(LIST).status_code == 403
    alice.user_permissions.add(Permission.objects.get(codename="view_room"))
    assert browser.get(LIST).status_code == 200
    assert save(browser, room, name="Mine").status_code == 403
    assert Client(enforce_csrf_checks=True).post(LIST).status_code in (302, 403)


@pytest.mark.django_db(transaction=True)
def test_a_silent_redis_is_said_and_the_change_is_kept(ruth, monkeypatch):
    room = creating.create_room(ruth, "general", "public")

    def silent(room_id):
        raise unavailable()

    monkeypatch.setattr("chat.sync.projection.project_pending", silent)
    browser = Client()
    browser.force_login(ruth)
    reply = browser.post(f"{LIST}{room.pk}/change/", form_of(room, name="Renamed"), follow=True)
    assert "Saved. The live rooms do not answer" in reply.content.decode()
    assert Room.objects.get().name == "Renamed"
