"""A chat with something on every screen of the admin, and people with every kind of right to see it."""

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from accounts.sessions.authentication import hash_of
from chat.actions.messages import sending
from chat.actions.moderation import message_moderation, mute_kick_ban, reports, word_rules
from chat.actions.rooms import creating, invitations, join_requests, membership, room_settings
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError, unavailable
from chat.domain.protocol import Send
from chat.domain.types import Accepted, Author, Position
from chat.live.live_state import LiveState
from chat.models import JoinRequest, Message, ModerationLog, Report, Room, Sanction
from chat.sync import recovery

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> javascript:alert(1) \u202eevil\u202c"


def silent(*_: object, **__: object) -> None:
    """In the place of a store's method: Redis does not answer."""
    raise unavailable()


class Scene:
    """Alice's room, in which bob wrote; mona of the moderators' group; ruth who owns the site."""

    def __init__(self, live: LiveState) -> None:
        self._live = live
        self._archiver = Archiver(live)
        self.alice, self.bob, self.carol = (self._person(handle) for handle in ("alice", "bob", "carol"))
        self.sally = self._person("sally", is_staff=True)
        self.mona = self.moderator("mona")
        self.ruth = User.objects.create_superuser("ruth@example.org", "ruth")
        self.staff = (self.mona, self.ruth)  # who moderate: sally has the flag alone
        self.room = creating.create_room(self.alice, "Lounge", "public")
        membership.add_member(self.room.pk, self.bob.pk)
        recovery.recover_all()
        self._said = 0

    def say(self, person: User, *texts: str, room: Room | None = None) -> list[int]:
        """Send messages and archive them; return their seqs."""
        seqs = []
        author = Author(person.pk, person.handle, person.name)
        for text in texts:
            self._said += 1
            [sent] = sending.send_messages(author, [Send((room or self.room).pk, f"client-{self._said:06}", text)])
            assert isinstance(sent, Accepted)
            seqs.append(sent.seq)
        self.archive()
        return seqs

    def open_room(self, name: str, kind: str = "public") -> Room:
        return creating.create_room(self.alice, name, kind)  # type: ignore[arg-type]

    def open_direct(self, person: User, other: User) -> Room:
        return creating.open_direct_room(person, [other.pk])

    def ask_to_join(self, room: Room, person: User, words: str = "please") -> JoinRequest:
        """Let somebody ask at the door of a private room."""
        room_settings.update_room(self.alice, room.pk, takes_requests=True)
        join_requests.ask_to_join(person, room.slug, words)
        return JoinRequest.objects.latest("pk")

    def join(self, person: User) -> None:
        membership.join_room(person, self.room.pk)

    def act_deleted(self, seq: int) -> None:
        """Let mona delete a message, and the archive know of it."""
        message_moderation.moderate_message(self.mona, "delete", self.room.pk, seq, "spam")
        self.archive()

    def archive(self) -> None:
        self._archiver.turn()

    def message(self, seq: int) -> Message:
        return Message.objects.get(room=self.room, seq=seq)

    def report(self, seq: int, reason: str = "rude") -> Report:
        return Report.objects.get(pk=reports.report_message(self.alice, self.room.pk, seq, reason))

    def log(self) -> list[tuple[str, str, str, str]]:
        rows = ModerationLog.objects.order_by("pk").values_list("action", "by__handle", "user__handle", "reason")
        return [tuple(row) for row in rows]  # type: ignore[misc]

    def entry(self, action: str) -> ModerationLog:
        return ModerationLog.objects.filter(action=action).latest("pk")

    def refusal(self, person: User, text: str = "hello") -> str | None:
        """The code with which the room refuses a message of somebody's; None: it took it."""
        self._said += 1
        author = Author(person.pk, person.handle, person.name)
        [sent] = sending.send_messages(author, [Send(self.room.pk, f"client-{self._said:06}", text)])
        return sent.code if isinstance(sent, ChatError) else None

    def session_hash(self, session_key: str) -> str:
        return hash_of(session_key)

    def rename(self, name: str) -> None:
        Room.objects.filter(pk=self.room.pk).update(name=name)

    def live_texts(self) -> list[str]:
        """What a member's page shows of the room now; empty where a message is deleted."""
        [found] = self._live.catching_up.catch_up(self.alice.pk, {self.room.pk: Position()})
        return [json.loads(message)["text"] for message in found.messages]

    def moderator(self, handle: str) -> User:
        """Make somebody of the site's moderators."""
        person = self._person(handle, is_staff=True)
        person.groups.add(Group.objects.get(name="Moderators"))
        return person

    def _person(self, handle: str, is_staff: bool = False) -> User:
        return User.objects.create_user(f"{handle}@example.org", handle, is_staff=is_staff)


class Heard(NamedTuple):
    """Something that was published."""

    channel: str
    event: str
    payload: dict


class Ear:
    """Hears what is published anywhere from now on."""

    def __init__(self, live: LiveState) -> None:
        self._listener = live.client.pubsub()
        self._listener.psubscribe("*:events")
        self.heard()

    def heard(self) -> list[Heard]:
        """What was published since one last asked."""
        heard = []
        while message := self._listener.get_message(timeout=0.05):
            if message["type"] == "pmessage":
                name, _epoch, _number, payload = message["data"].decode().split(" ", 3)
                heard.append(Heard(message["channel"].decode(), name, json.loads(payload)))
        return heard

    def close(self) -> None:
        self._listener.close()


class Screens:
    """The admin as one person sees it."""

    def __init__(self, person: User) -> None:
        self.client = Client()
        self.client.force_login(person)

    def text(self, path: str, **query: str) -> str:
        reply = self.client.get(path, query)
        assert reply.status_code == 200, reply
        return reply.content.decode()

    def act(self, about: object, act: str, **asked: object) -> list[str]:
        """Press the button of an act; return what the next page says."""
        meta = about._meta  # type: ignore[attr-defined]
        path = f"/admin/{meta.app_label}/{meta.model_name}/{about.pk}/{act}/now/"  # type: ignore[attr-defined]
        reply = self.client.post(path, asked, follow=True)
        assert reply.redirect_chain, reply.context["acts"]
        return [str(message) for message in reply.context["messages"]]

    def choose(self, path: str, action: str, chosen: list[int], **asked: object) -> list[str]:
        """Select rows of a list, and do something to them; return what the next page says."""
        reply = self.client.post(path, {"action": action, "_selected_action": chosen, **asked}, follow=True)
        return [str(message) for message in reply.context["messages"]]


@pytest.fixture
def scene(live: LiveState, transactional_db: None) -> Scene:
    return Scene(live)


@pytest.fixture
def ear(live: LiveState) -> Iterator[Ear]:
    ear = Ear(live)
    yield ear
    ear.close()


@pytest.fixture
def mona(scene: Scene) -> Screens:
    """What mona of the moderators' group sees."""
    return Screens(scene.mona)


@pytest.fixture
def everything(scene: Scene) -> dict[str, int]:
    """One of each: what every screen can be opened with, by the model's name, or by the app's and the model's."""
    seq, *_ = scene.say(scene.bob, "message 1", "message 2")
    report = scene.report(seq)
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "spam", 600)
    return {
        "user": scene.bob.pk,
        "room": scene.room.pk,
        "membership": scene.room.memberships.get(user=scene.bob).pk,
        "message": scene.message(seq).pk,
        "report": report.pk,
        "wordrule": word_rules.set_word_rule(scene.mona, None, "word", "casino", "flag").pk,
        "sanction": Sanction.objects.get().pk,
        "moderationlog": ModerationLog.objects.latest("pk").pk,
        "invitation": invitations.make_invitation(scene.alice, scene.room.pk, 5, 600).pk,
        "joinrequest": scene.ask_to_join(scene.open_room("Cellar", "private"), scene.bob).pk,
        "group": Group.objects.get(name="Moderators").pk,
    }
