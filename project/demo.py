"""A small company that talks: what `make demo` shows."""

from typing import NamedTuple

from allauth.account.models import EmailAddress

from accounts.models import User
from chat.actions import membership, messages, rooms
from chat.entities import Author, Kind
from chat.events import Send

PASSWORD = "parley demo"

PEOPLE = {
    "ada": "Ada Okafor",
    "bruno": "Bruno Lindqvist",
    "chen": "Chen Wei",
    "dalia": "Dalia Haddad",
    "emil": "Emil Novák",
    "freya": "Freya Jensen",
}


class _Room(NamedTuple):
    name: str
    kind: Kind
    topic: str
    members: str
    lines: tuple[tuple[str, str], ...]


ROOMS = (
    _Room("General", "public", "What everyone should know", "ada bruno chen dalia emil freya", (
        ("ada", "Good morning! The new office has **windows**. Real ones."),
        ("bruno", "Do they open?"),
        ("ada", "One of them. We take turns."),
        ("freya", "I have put the rota into `rota.txt`, next to the coffee list."),
        ("chen", "Reminder: the release is on Thursday, and Thursday is tomorrow."),
        ("dalia", "Two questions about the notes:\n\n1. Do we say *thread* or *reply*?\n2. Who writes the last line?"),
        ("emil", "*Reply*. And you do, you write the best last lines."),
        ("dalia", "Flattery noted and accepted."),
    )),
    _Room("Release 0.1", "private", "Thursday, 10:00", "ada chen dalia emil", (
        ("chen", "What is still open?"),
        ("emil", "The upgrade test. It passes here:\n\n```\n214 passed in 41.8s\n```"),
        ("ada", "And on the old machine?"),
        ("emil", "Running. It is old."),
        ("chen", "Then we wait for it. Nobody ever thanked us for a quick release that ate their messages."),
    )),
    _Room("Kitchen", "public", "Lunch, cake and who took the good cup", "ada bruno freya chen", (
        ("bruno", "Soup today, from noon."),
        ("freya", "Which soup?"),
        ("bruno", "The orange one."),
        ("freya", "On my way."),
    )),
)  # fmt: skip


def fill() -> None:
    """Make the people, their rooms, and what they said; needs a running Redis."""
    people = {handle: _person(handle, name) for handle, name in PEOPLE.items()}
    for facts in ROOMS:
        _fill_room(facts, people)
    direct = rooms.open_direct_room(people["ada"], [people["bruno"].id])
    _say(direct.pk, [(people["bruno"], "It was me who took the good cup."), (people["ada"], "I know.")])


def _person(handle: str, name: str) -> Author:
    is_owner = handle == "ada"
    user = User.objects.create_user(
        f"{handle}@demo.example", handle, PASSWORD, name=name, is_staff=is_owner, is_superuser=is_owner
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return Author(user.pk, user.handle, user.name)


def _fill_room(facts: _Room, people: dict[str, Author]) -> None:
    owner, *others = (people[handle] for handle in facts.members.split())
    room = rooms.create_room(owner, facts.name, facts.kind, facts.topic, newcomers_join=facts.name == "General")
    for other in others:
        membership.add_member(room.pk, other.id)
    _say(room.pk, [(people[handle], line) for handle, line in facts.lines])


def _say(room_id: int, lines: list[tuple[Author, str]]) -> None:
    for number, (author, line) in enumerate(lines):
        messages.send_messages(author, [Send(room=room_id, client_id=f"demo-{number:04}", text=line)])
