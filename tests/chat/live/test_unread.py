"""Counts are exact, whatever happened: checked after every step of random days against a model that looks at every message."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accounts.models import User
from chat.actions.messages.amendments import delete_message, edit_message, restore_message
from chat.actions.messages.read_markers import catch_up, mark_unread, move_read_marker
from chat.actions.messages.sending import send_messages
from chat.actions.moderation.purging import purge_messages, unpurge_messages
from chat.actions.rooms import creating, membership
from chat.archive.archiver import Archiver
from chat.domain.protocol import Delete, Edit, Restore, Send
from chat.domain.types import Author, Position
from chat.live.live_state import LiveState, live_state
from chat.live.redis.client import connect
from chat.models import Room
from chat.sync import recovery
from tests.support.redis_servers import RedisProcess

HANDLES = ("alice", "bob", "carol")
STEPS = 150


class Said:
    """A message as the model knows it."""

    def __init__(self, author: int, named: set[int]) -> None:
        self.author = author
        self.named = named
        self.deleted = False

    def counts(self, user: int) -> bool:
        return not self.deleted and self.author != user

    def mentions(self, user: int) -> bool:
        return self.counts(user) and bool(self.named & {0, user})


class Day:
    """Three people in one room, and what they should find there."""

    def __init__(self, seed: int, live: LiveState, people: list[User], room: Room) -> None:
        self.random = random.Random(seed)
        self.live = live
        self.room = room.pk
        self.people = {user.pk: Author(user.pk, user.handle, user.name) for user in people}
        self.archiver = Archiver(live)
        self.said: list[Said] = []
        self.read = dict.fromkeys(self.people, 0)
        self.purges: list[tuple[int, list[Said]]] = []
        self.did = ""

    def step(self) -> None:
        acts: list[Callable[[], str]] = [self._send] * 6 + [self._edit, self._delete, self._restore] * 2
        acts += [self._read_on] * 2 + [self._mark_unread] * 2
        acts += [self._purge, self._unpurge, self._archive, self._lose_redis, self._return]
        self.did = self.random.choice(acts)()

    def check(self) -> None:
        for user, read in self.read.items():
            [state] = catch_up(user, {self.room: Position()})
            after = self.said[read:]
            expected = (read, sum(each.counts(user) for each in after), sum(each.mentions(user) for each in after))
            assert (state.read, state.unread, state.mentions) == expected, f"{self.did}: {self.people[user].handle}"

    def _send(self) -> str:
        author, (text, named) = self._anyone(), self._text()
        request = Send(self.room, f"message-{len(self.said):06}", text)
        send_messages(self.people[author], [request])
        self.said.append(Said(author, named))
        if self.read[author] == len(self.said) - 1:
            self.read[author] += 1
        return f"send {text}"

    def _edit(self) -> str:
        seq = self._some_message(lambda said: not said.deleted)
        if seq:
            text, named = self._text()
            edit_message(self.said[seq - 1].author, Edit(self.room, seq, f"{text}, edited after {len(self.said)}"))
            self.said[seq - 1].named = named
        return f"edit {seq}"

    def _delete(self) -> str:
        seq = self._some_message(lambda said: not said.deleted)
        if seq:
            delete_message(self.people[self.said[seq - 1].author], Delete(self.room, seq))
            self.said[seq - 1].deleted = True
        return f"delete {seq}"

    def _restore(self) -> str:
        purged = [said for _, theirs in self.purges for said in theirs]
        seq = self._some_message(lambda said: said.deleted and said not in purged)
        if seq:
            restore_message(self.people[self.said[seq - 1].author], Restore(self.room, seq))
            self.said[seq - 1].deleted = False
        return f"restore {seq}"

    def _purge(self) -> str:
        """What was restored since the archive was last written is not purged: so that it is written first."""
        self._archive()
        owner, *others = self.people
        user = self.random.choice(others)
        purged = [said for said in self.said if said.author == user and not said.deleted]
        purge = purge_messages(self.people[owner], self.room, user, "spam")
        for said in purged:
            said.deleted = True
        self.purges.append((purge.id, purged))
        return f"purge {user}"

    def _unpurge(self) -> str:
        if not self.purges:
            return "nothing was purged"
        purge, purged = self.purges.pop()
        unpurge_messages(self.people[min(self.people)], self.room, purge)
        for said in purged:
            said.deleted = False
        return f"unpurge {purge}"

    def _read_on(self) -> str:
        user, seq = self._anyone(), self.random.randint(0, len(self.said) + 2)
        move_read_marker(user, self.room, seq)
        self.read[user] = max(self.read[user], min(seq, len(self.said)))
        return f"{user} reads {seq}"

    def _mark_unread(self) -> str:
        user, seq = self._anyone(), self.random.randint(0, len(self.said))
        mark_unread(user, self.room, seq)
        self.read[user] = seq
        return f"{user} marks {seq} as unread"

    def _archive(self) -> str:
        self.archiver.turn()
        return "archive"

    def _lose_redis(self) -> str:
        """What is not archived is lost permanently, so that everything is, but for what is only kept in Redis."""
        self._archive()
        self.live.client.flushall()
        recovery.recover_all()
        return "lose Redis"

    def _return(self) -> str:
        user = self.random.choice([user for user, author in self.people.items() if author.handle != "alice"])
        membership.leave_room(self.people[user], self.room)
        membership.join_room(self.people[user], self.room)
        self.read[user] = len(self.said)
        return f"{user} goes and comes back"

    def _anyone(self) -> int:
        return self.random.choice(list(self.people))

    def _some_message(self, fits: Callable[[Said], bool]) -> int:
        fitting = [seq for seq, said in enumerate(self.said, 1) if fits(said)]
        return self.random.choice(fitting) if fitting else 0

    def _text(self) -> tuple[str, set[int]]:
        named = {user for user in (0, *self.people) if self.random.random() < 0.2}
        words = ["@room" if user == 0 else f"@{self.people[user].handle}" for user in named]
        return " ".join(["hello", *words]), named


@pytest.fixture
def day(live: LiveState, transactional_db: None, settings) -> Callable[[int], Day]:
    settings.HOT_MESSAGES = 10
    people = [User.objects.create_user(f"{handle}@example.org", handle) for handle in HANDLES]
    room = creating.create_room(people[0], "Lounge", "public")
    for user in people[1:]:
        membership.join_room(user, room.pk)
    recovery.recover_all()
    return lambda seed: Day(seed, live, people, room)


@pytest.mark.parametrize("seed", range(1, 5))
def test_counts_are_exact_after_every_step(day: Callable[[int], Day], seed: int) -> None:
    today = day(seed)
    for _ in range(STEPS):
        today.step()
        today.check()


class MortalRedis(RedisProcess):
    """A Redis whose file loses its end, as a disk may."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder

    def size(self) -> int:
        return self._file().stat().st_size

    def tear_to(self, size: int) -> None:
        self.kill()
        self._file().write_bytes(self._file().read_bytes()[:size])
        self.start()

    def _file(self) -> Path:
        [file] = (self._folder / "appendonlydir").glob("*.incr.aof")
        return file


@pytest.fixture
def torn(tmp_path: Path) -> Iterator[MortalRedis]:
    server = MortalRedis(tmp_path)
    server.start()
    yield server
    server.stop()


def test_counts_are_those_of_the_archive_where_redis_lost_its_end(torn: MortalRedis, transactional_db: None) -> None:
    live = LiveState(connect(torn.url))
    live_state.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chat.live.live_state.LiveState", lambda *_stores, **_more: live)
        alice, bob = (User.objects.create_user(f"{handle}@example.org", handle) for handle in ("alice", "bob"))
        room = creating.create_room(alice, "Lounge", "public")
        membership.join_room(bob, room.pk)
        recovery.recover_all()
        author, archiver = Author(alice.pk, "alice", "Alice"), Archiver(live)

        def say(number: int, text: str) -> None:
            send_messages(author, [Send(room.pk, f"message-{number:04}", text)])

        for number in range(1, 5):
            say(number, f"@bob {number}")
        delete_message(alice, Delete(room.pk, 1))
        kept = torn.size()
        restore_message(alice, Restore(room.pk, 1))
        edit_message(alice.pk, Edit(room.pk, 2, "nobody"))
        delete_message(alice, Delete(room.pk, 3))
        say(5, "@bob 5")
        archiver.turn()

        torn.tear_to(kept)
        assert recovery.recover_all() == 1
        [state] = catch_up(bob.pk, {room.pk: Position()})
        assert (state.seq, state.unread, state.mentions) == (5, 4, 3)
    live_state.cache_clear()
    live.client.close()
