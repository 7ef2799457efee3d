"""Three devices of two people on two servers, a random day: after every step every badge is right, there and here.

SEED=7 STEPS=500 pytest tests/live/test_badges.py
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from tests.live.conftest import People, sign_in
from tests.support.device import SETTLES_WITHIN, Badges, Device
from tests.support.live_server import ServerProcess
from tests.support.redis_servers import RedisProcess
from tests.support.wire_client import WireClient

SEED = int(os.environ.get("SEED", "3"))
STEPS = int(os.environ.get("STEPS", "90"))
EVERYONE = 0
# More than a device is given of a room that it has not seen for long.
MANY = 60


class Said:
    """A message as the model knows it."""

    def __init__(self, author: int, named: set[int]) -> None:
        self.author = author
        self.named = named
        self.deleted = False

    def counts(self, user: int) -> bool:
        return not self.deleted and self.author != user

    def mentions(self, user: int) -> bool:
        return self.counts(user) and bool(self.named & {EVERYONE, user})


class Place:
    """A room: what was said, and how far each member has read."""

    def __init__(self, room: int, kind: str, members: list[int]) -> None:
        self.room = room
        self.kind = kind
        self.said: list[Said] = []
        self.read = dict.fromkeys(members, 0)
        self.turn = dict.fromkeys(members, 0)

    def read_on(self, user: int, seq: int) -> None:
        self.read[user] = max(self.read[user], seq)

    def go_back(self, user: int, seq: int) -> None:
        """Unread from the message after this one on; to who has not come so far it is read up to there."""
        self.turn[user] += seq < self.read[user]
        self.read[user] = seq

    def badge(self, user: int) -> list[int]:
        after = self.said[self.read[user] :]
        return [sum(said.counts(user) for said in after), sum(said.mentions(user) for said in after)]


@dataclass
class Away:
    """What a device that is not connected knows of a room, and what it will tell of it: "read", "back" or nothing."""

    read: int
    turn: int
    head: int
    told: str = ""


class Stage(NamedTuple):
    """What the day happens on."""

    redis: RedisProcess
    servers: tuple[ServerProcess, ServerProcess]
    people: People
    devices: list[Device]


@pytest.fixture
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("badges")
    (folder / "redis").mkdir()
    redis = RedisProcess(folder / "redis").start()
    one, two = (ServerProcess(folder, REDIS_URL=redis.url, HOT_MESSAGES="100").start() for _ in range(2))
    people = sign_in(one, "alice", "bob")
    where = [("alice's desk", one, "alice"), ("alice's phone", two, "alice"), ("bob's desk", two, "bob")]
    devices = [Device(name, server, people[handle]) for name, server, handle in where]
    yield Stage(redis, (one, two), people, devices)
    for device in devices:
        device.close()
    for server in (one, two):
        server.stop()
    redis.stop()


class Day:
    """Acts at random, and knows what everyone should find."""

    def __init__(self, seed: int, stage: Stage) -> None:
        self.random = random.Random(seed)
        self.stage = stage
        self.devices = stage.devices
        self.handles = {person.id: handle for handle, person in stage.people.items()}
        self.alice, self.bob = self.handles
        self.places: list[Place] = []
        self._sent = 0
        self._away: dict[str, dict[int, Away]] = {}

    def begin(self) -> None:
        """Open two rooms and a conversation of two."""
        for device in self.devices:
            device.connect()
        desk, _, bobs = self.devices
        for name in ("Kitchen", "Garden"):
            room = desk.ask("create", name=name, kind="public")["room"]["id"]
            bobs.ask("join", room=room)
            self.places.append(Place(room, "public", [self.alice, self.bob]))
        room = desk.ask("create", kind="direct", members=[self.bob])["room"]["id"]
        self.places.append(Place(room, "direct", [self.alice, self.bob]))

    def step(self) -> str:
        acts: list[Callable[[], str]] = [self.send] * 5 + [self.edit, self.delete, self.restore, self.read] * 2
        acts += [self.read_all, self.mark_unread, self.mark_unread, self.send_many, self.return_]
        acts += [self.cut, self.connect, self.connect, self.read_away, self.mark_unread_away]
        return self.random.choice(acts)()

    def check(self, after: str) -> None:
        """Every badge of every device that is connected, and the server's of both people."""
        for device in self.devices:
            if device.is_connected:
                device.shows(self._expected(device.person), after)
        for user, handle in self.handles.items():
            client = WireClient(self.stage.servers[0].port, self.stage.people[handle].cookie)
            self._server_tells(client, self._expected(user), f"after {after}, the server tells {handle}")
            client.close()

    def send(self) -> str:
        device = self._somebody()
        place = self._place_of(device)
        named = {user for user in (EVERYONE, *self.handles) if self.random.random() < 0.25}
        self._say(device, place, named)
        return f"{device.name} sends to {place.room}, naming {named}"

    def send_many(self) -> str:
        device = self._somebody()
        place = self._place_of(device)
        for _ in range(MANY):
            self._say(device, place, set())
        return f"{device.name} sends {MANY} to {place.room}"

    def edit(self) -> str:
        device, place, seq = self._some_message(lambda said, user: said.author == user and not said.deleted)
        if not place:
            return "nothing to edit"
        named = {user for user in (EVERYONE, *self.handles) if self.random.random() < 0.25}
        device.ask("edit", room=place.room, seq=seq, text=f"{self._calling(named)}, after {self._sent}")
        place.said[seq - 1].named = named
        return f"{device.name} edits {place.room}/{seq}, naming {named}"

    def delete(self) -> str:
        device, place, seq = self._some_message(lambda said, user: said.author == user and not said.deleted)
        if place:
            device.ask("delete", room=place.room, seq=seq)
            place.said[seq - 1].deleted = True
        return f"{device.name} deletes {seq}"

    def restore(self) -> str:
        device, place, seq = self._some_message(lambda said, user: said.author == user and said.deleted)
        if place:
            device.ask("restore", room=place.room, seq=seq)
            place.said[seq - 1].deleted = False
        return f"{device.name} restores {seq}"

    def read(self) -> str:
        device = self._somebody()
        place = self._place_of(device)
        seq = self.random.randint(0, len(place.said))
        device.tell("read", room=place.room, seq=seq)
        place.read_on(device.person, seq)
        return f"{device.name} reads {place.room} up to {seq}"

    def read_all(self) -> str:
        device = self._somebody()
        for place in self.places:
            if device.person in place.read:
                device.tell("read", room=place.room, seq=len(place.said))
                place.read[device.person] = len(place.said)
        return f"{device.name} reads everything"

    def mark_unread(self) -> str:
        device = self._somebody()
        place = self._place_of(device)
        seq = self.random.randint(1, max(1, place.read[device.person]))
        device.tell("unread", room=place.room, seq=seq)
        if seq <= place.read[device.person]:
            place.go_back(device.person, seq - 1)
        return f"{device.name} marks {place.room} as unread from {seq}"

    def cut(self) -> str:
        connected = [device for device in self.devices if device.is_connected]
        if len(connected) == 1:
            return "nothing: somebody must stay"
        device = self.random.choice(connected)
        device.cut()
        user = device.person
        self._away[device.name] = {
            place.room: Away(place.read[user], place.turn[user], len(place.said)) for place in self._places(user)
        }
        return f"a cut of {device.name}"

    def connect(self) -> str:
        device = self.random.choice(self.devices)
        device.connect()
        for place in self._places(device.person):
            away = self._away.get(device.name, {}).get(place.room)
            if away and away.told == "back":
                place.go_back(device.person, away.read)
            elif away and away.told == "read" and away.turn == place.turn[device.person]:
                place.read_on(device.person, away.read)
        self._away.pop(device.name, None)
        return f"{device.name} is back"

    def read_away(self) -> str:
        """On a device that is not connected: it tells when it is."""
        device, place, away = self._somebody_away()
        if not away:
            return "nobody is away"
        seq = self.random.randint(0, away.head)
        device.tell("read", room=place.room, seq=seq)
        if seq > away.read:
            away.read, away.told = seq, "read"
        return f"{device.name}, not connected, reads {place.room} up to {seq}"

    def mark_unread_away(self) -> str:
        device, place, away = self._somebody_away()
        if not away:
            return "nobody is away"
        seq = self.random.randint(1, max(1, away.read))
        device.tell("unread", room=place.room, seq=seq)
        if seq <= away.read:
            away.read, away.told = seq - 1, "back"
        return f"{device.name}, not connected, marks {place.room} as unread from {seq}"

    def return_(self) -> str:
        """Bob leaves a room and comes back: what was said before is history."""
        bobs = self.devices[2]
        place = self.random.choice(self.places[:2])
        if not bobs.is_connected:
            return "bob is away"
        bobs.ask("leave", room=place.room)
        left = place.read.pop(self.bob)
        self.check(f"bob, who had read {left}, left {place.room}")
        bobs.ask("join", room=place.room)
        place.read[self.bob], place.turn[self.bob] = len(place.said), 0
        return f"bob comes back to {place.room}"

    def lose_a_server(self) -> str:
        """The power goes; everyone who was connected to it comes back."""
        server = self.stage.servers[1]
        server.kill()
        server.start()
        self._come_back()
        return "a restart of a server"

    def lose_redis(self) -> str:
        """Redis is killed and comes back with its file."""
        self.stage.redis.kill()
        self.stage.redis.start()
        self._come_back()
        return "a restart of Redis"

    def _server_tells(self, client: WireClient, expected: Badges, said: str) -> None:
        """A device tells a moment later what was read on it."""
        deadline = time.monotonic() + SETTLES_WITHIN
        while True:
            states = client.call("sync", {"rooms": {}})["rooms"]
            found = {state["id"]: [state["unread"], state["mentions"]] for state in states}
            if found == expected:
                return
            assert time.monotonic() < deadline, f"{said} {found} and not {expected}"
            time.sleep(0.02)

    def _come_back(self) -> None:
        for device in self.devices:
            if device.is_connected:
                device.cut()
                device.connect()
        for device in filter(lambda device: device.is_connected, self.devices):
            deadline = time.monotonic() + 20
            while "error" in device.tell("request", event="sync", payload={"rooms": {}}):
                assert time.monotonic() < deadline, "the server does not come back"
                time.sleep(0.05)

    def _say(self, device: Device, place: Place, named: set[int]) -> None:
        self._sent += 1
        text = f"{self._calling(named)}, number {self._sent}"
        answer = device.ask("send", room=place.room, client_id=f"message-{self._sent:05}", text=text)
        place.said.append(Said(device.person, named))
        assert answer["seq"] == len(place.said)
        if place.read[device.person] == len(place.said) - 1:
            place.read[device.person] += 1

    def _calling(self, named: set[int]) -> str:
        return " ".join(["hello", *("@room" if user == EVERYONE else f"@{self.handles[user]}" for user in sorted(named))])

    def _expected(self, user: int) -> Badges:
        return {place.room: place.badge(user) for place in self._places(user)}

    def _somebody(self) -> Device:
        return self.random.choice([device for device in self.devices if device.is_connected])

    def _somebody_away(self) -> tuple[Device, Place, "Away | None"]:
        away = [device for device in self.devices if not device.is_connected]
        device = self.random.choice(away or self.devices)
        place = self._place_of(device)
        return device, place, self._away.get(device.name, {}).get(place.room)

    def _places(self, user: int) -> list[Place]:
        return [place for place in self.places if user in place.read]

    def _place_of(self, device: Device) -> Place:
        return self.random.choice(self._places(device.person))

    def _some_message(self, fits: Callable[[Said, int], bool]) -> tuple[Device, Place | None, int]:
        device = self._somebody()
        place = self._place_of(device)
        fitting = [seq for seq, said in enumerate(place.said, 1) if fits(said, device.person)]
        return (device, place, self.random.choice(fitting)) if fitting else (device, None, 0)


def test_every_badge_is_right_after_every_step(stage: Stage) -> None:
    day = Day(SEED, stage)
    day.begin()
    day.check("the beginning")
    for number in range(STEPS):
        day.check(f"step {number} of seed {SEED}: {day.step()}")
        if number == STEPS // 3:
            day.check(day.lose_a_server())
        if number == 2 * STEPS // 3:
            day.check(day.lose_redis())
