"""M4: what an author deletes is gone for the people they wrote it to, whoever opened the room. bob owns, dave writes."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from chat.actions.messages import amendments
from chat.actions.moderation import message_moderation
from chat.actions.rooms import creating, membership, roles
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError
from chat.domain.protocol import Delete, Restore
from chat.live.live_state import LiveState
from chat.models import Message, ModerationLog, Room
from tests.chat.actions.conftest import Cast

SECRET = "my phone number is 555-1234"


class Deleted:
    """A message of dave's that somebody deleted."""

    def __init__(self, cast: Cast, live: LiveState) -> None:
        self.live, self.cast, self.bob, self.dora = live, cast, cast.bob, cast.dora
        self.dave = User.objects.create_user("dave@example.org", "dave")
        self.room: Room = creating.create_room(self.bob, "Open house", "public")
        for person in (self.dave, self.dora):
            membership.join_room(person, self.room.pk)
        roles.set_role(self.room.pk, self.dora.pk, "moderator")
        self.seq = cast.say(self.dave, SECRET, room=self.room)
        self.archiver = Archiver(live)

    def deleted_by(self, person: User) -> None:
        amendments.delete_message(person, Delete(self.room.pk, self.seq, "spam"))
        self.archiver.turn()

    def restore(self, person: User, reason: str = "") -> str:
        return _code(lambda: amendments.restore_message(person, Restore(self.room.pk, self.seq, reason)))

    def read(self, person: User) -> int:
        browser = Client()
        browser.force_login(person)
        answer = browser.get(f"/rooms/{self.room.slug}/{self.seq}/deleted/")
        assert (SECRET in answer.content.decode()) == (answer.status_code == 200)
        return answer.status_code


def _code(act: Callable[[], object]) -> str:
    try:
        act()
    except ChatError as error:
        return error.code
    return "ok"


@pytest.fixture
def message(cast: Cast, live: LiveState) -> Deleted:
    return Deleted(cast, live)


def test_neither_owner_nor_moderator_reads_or_restores_what_the_author_deleted(message: Deleted) -> None:
    message.deleted_by(message.dave)
    for person in (message.bob, message.dora):
        assert message.read(person) == 403
        assert message.restore(person, "I want to know") == "forbidden"
    assert not ModerationLog.objects.filter(action__in=["restore", "read"]).exists()
    assert message.read(message.dave) == 200
    assert message.restore(message.dave) == "ok"


def test_they_do_what_a_moderator_deleted(message: Deleted) -> None:
    message.deleted_by(message.dora)
    assert (message.read(message.dave), message.restore(message.dave)) == (403, "forbidden")
    assert (message.read(message.bob), message.restore(message.bob)) == (200, "ok")


def test_the_script_itself_refuses(message: Deleted) -> None:
    """As when the author deletes it between the question to the record and the script."""
    message.deleted_by(message.dave)
    restore, room = message.live.amendments.restore, message.room.pk
    assert _code(lambda: restore(room, message.bob.pk, message.seq, moderates=True)) == "forbidden"
    assert _code(lambda: restore(room, message.cast.ruth.pk, message.seq, moderates=True, restores_authors=True)) == "ok"


def test_staff_read_and_restore_it_with_a_reason_that_is_logged(message: Deleted) -> None:
    message.deleted_by(message.dave)
    ruth = message.cast.ruth
    assert message.read(ruth) == 403
    with pytest.raises(ChatError):
        message_moderation.read_deleted(ruth, message.room.pk, message.seq, "")
    assert message_moderation.read_deleted(ruth, message.room.pk, message.seq, "a threat") == SECRET
    act = message_moderation.moderate_message
    assert _code(lambda: act(ruth, "restore", message.room.pk, message.seq)) == "empty"
    act(ruth, "restore", message.room.pk, message.seq, "evidence")
    rows = ModerationLog.objects.filter(action__in=["read", "restore"]).order_by("pk").values_list("action", "by", "reason")
    assert list(rows) == [("read", ruth.pk, "a threat"), ("restore", ruth.pk, "evidence")]


def test_the_admin_shows_it_to_nobody_without_a_reason(message: Deleted) -> None:
    message.deleted_by(message.dave)
    browser = Client()
    browser.force_login(message.cast.ruth)
    screen = f"/admin/chat/message/{Message.objects.get(room=message.room, seq=message.seq).pk}/"
    person = f"/admin/accounts/user/{message.dave.pk}/change/"
    for page in ("/admin/chat/message/", "/admin/chat/message/?deleted__exact=1", f"{screen}change/", person):
        assert SECRET not in browser.get(page).content.decode(), page
    guessed = browser.get("/admin/chat/message/", {"deleted__exact": "1", "q": "555-1234"})
    assert list(guessed.context["cl"].result_list) == []
    assert SECRET not in browser.post(f"{screen}read/now/", {"reason": ""}, follow=True).content.decode()
    assert SECRET in browser.post(f"{screen}read/now/", {"reason": "a threat"}, follow=True).content.decode()
    entry = ModerationLog.objects.get(action="read")
    assert (entry.by, entry.user, entry.seq, entry.reason) == (message.cast.ruth, message.dave, message.seq, "a threat")
    browser.post(f"{screen}delete/now/", {"reason": "to see it in the log"})
    assert not ModerationLog.objects.filter(text_before=SECRET).exists()


def test_the_admins_list_is_not_asked_by_what_it_hides(message: Deleted, cast: Cast) -> None:
    message.deleted_by(message.dave)
    browser = Client()
    browser.force_login(User.objects.create_superuser("root@example.org", "root"))
    for lookup in ("text__contains", "text__startswith", "text", "text__gt", "amendment__contains", "rest__contains"):
        assert browser.get("/admin/chat/message/", {lookup: SECRET, "deleted__exact": "1"}).status_code == 400, lookup
