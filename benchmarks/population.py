"""The people whom the load generator plays, with their rooms and sessions: written at once into an empty record.

`python -m benchmarks.population FOLDER` does it in a process of its own, whose DATA_DIR is the record's.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a few words that are long"
LOGGING_IN = 100


@dataclass(frozen=True)
class Population:
    """People spread evenly over rooms: person i is in room i mod `rooms`."""

    name: str
    people: int
    rooms: int


ONE_ROOM = Population("one-room", 1_000, 1)
SMALL_ROOMS = Population("small-rooms", 1_000, 100)
TEN_ROOMS = Population("ten-rooms", 100, 10)
POPULATIONS = (ONE_ROOM, SMALL_ROOMS, TEN_ROOMS)


def settle(folder: Path) -> None:
    """Fill a new data folder, beside which the cookies are kept."""
    environment = {**os.environ, "DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "project.settings"}
    command = [sys.executable, "-m", "benchmarks.population", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def cookie_file(folder: Path, population: Population) -> Path:
    """Return where the cookies of this population are, a line a person."""
    return folder / f"{population.name}.cookies"


def first_room(folder: Path, population: Population) -> int:
    """Return the id of its first room; the others follow."""
    return int((folder / f"{population.name}.room").read_text())


def login_name(index: int) -> str:
    """Return the handle of one of those who log in by their password."""
    return f"newcomer{index:03}"


def _fill(folder: Path) -> None:
    from django.contrib.auth.hashers import make_password

    from project.server.migrate import migrate

    migrate()
    for population in POPULATIONS:
        _found(folder, population)
    _people([login_name(index) for index in range(LOGGING_IN)], make_password(PASSWORD))


def _found(folder: Path, population: Population) -> None:
    from chat.models import Membership, Room

    people = _people([f"{population.name}{index:04}" for index in range(population.people)], "!")
    names = [f"{population.name}-{index}" for index in range(population.rooms)]
    rooms = Room.objects.bulk_create(Room(name=name, slug=name, kind="public", created_by=people[0]) for name in names)
    Membership.objects.bulk_create(
        # With a read marker, as the archiver stored it long ago for somebody who was there before.
        Membership(room=rooms[index % len(rooms)], user=person, role="owner" if index < len(rooms) else "member", last_read=0)
        for index, person in enumerate(people)
    )
    if [room.pk for room in rooms] != list(range(rooms[0].pk, rooms[0].pk + len(rooms))):
        raise SystemExit("The rooms' ids do not follow each other.")
    (folder / f"{population.name}.room").write_text(str(rooms[0].pk))
    cookie_file(folder, population).write_text("\n".join(_cookies(people)) + "\n")


def _people(handles: Sequence[str], password: str) -> "list[User]":
    from accounts.models import User

    return User.objects.bulk_create(
        User(handle=handle, name=handle, email=f"{handle}@bench.example", password=password) for handle in handles
    )


def _cookies(people: "Sequence[User]") -> list[str]:
    """Give each a session as a log-in does."""
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone
    from django.utils.crypto import get_random_string

    keys = [get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789") for _ in people]
    expires = timezone.now() + timedelta(days=1)
    backend = settings.AUTHENTICATION_BACKENDS[0]
    Session.objects.bulk_create(
        Session(
            session_key=key,
            expire_date=expires,
            session_data=SessionStore().encode(
                {SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: person.get_session_auth_hash()}
            ),
        )
        for key, person in zip(keys, people, strict=True)
    )
    return [f"{settings.SESSION_COOKIE_NAME}={key}" for key in keys]


if __name__ == "__main__":
    import django

    django.setup()
    _fill(Path(sys.argv[1]))
