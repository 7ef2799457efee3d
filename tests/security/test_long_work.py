"""Item 3: what has much to read goes in slices: recounts, exports and what the archiver copies at once."""

import json

import pytest

from tests.security.mallory import codes
from tests.security.record import run_beside

# A room that mallory is in and that Redis has lost: most of its messages name everybody in it.
_LOST_ROOM = """
import time
from accounts.models import User
from chat.models import ArchiveState, Membership, Mention, Message, Room
from chat.live.redis import keys
from chat.live.live_state import live_state
mallory, count, size = User.objects.get(handle=sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
room = Room.objects.create(name=sys.argv[4], slug=sys.argv[4])
people = list(User.objects.order_by("pk")[:10])
for person in people:
    Membership.objects.get_or_create(room=room, user=person)
Membership.objects.get_or_create(room=room, user=mallory)
now = round(time.time() * 1000)
Message.objects.bulk_create(
    [Message(room=room, seq=seq, epoch="an-earlier-one", author=people[seq % 10], client_id=f"c-{seq:08}", text="word " * size,
             sent_at=now - count + seq) for seq in range(1, count + 1)], batch_size=500)
Mention.objects.bulk_create(
    [Mention(room=room, seq=seq, author=people[seq % 10], user=person) for seq in range(1, count + 1) for person in people],
    batch_size=1000)
ArchiveState.objects.create(room=room, seq=count, rev=0, epoch="an-earlier-one", fence="")
facts = {"version": 1, "run_id": "an-earlier-one", "epoch": "an-earlier-one", "seq": 0, "rev": 0, "kind": "public"}
live_state().client.hset(keys.room(room.pk), mapping=facts)
live_state().client.hset(keys.members(room.pk), mallory.pk, "member")
print(room.pk)
"""

# The longest time in ms for which nothing else ran in the process while a room, or a person, was exported.
_EXPORT = """
import gevent, json, time
from chat.actions.person_data.exporting import person_parts
from chat.actions.rooms.room_export import room_parts
from chat.models import Room
from accounts.models import User
waits = [0.0]
def tick():
    while True:
        before = time.monotonic()
        gevent.sleep(0.001)
        waits.append(time.monotonic() - before)
ticking = gevent.spawn(tick)
gevent.sleep(0.2)
size = 0
for parts in (room_parts(Room.objects.get(pk=sys.argv[1])), person_parts(User.objects.get(handle=sys.argv[2]))):
    for part in parts:
        size += sum(len(piece) for piece in part.content)
print(json.dumps([max(waits), size]))
"""
_PATCHED = "from gevent import monkey; monkey.patch_all()\n"


@pytest.fixture
def lost_room(server, mallory):
    """Make a room by name, of so many messages, each of so many words; return mallory and the room's id."""
    numbers = iter(range(1_000))

    def make(messages, words):
        mal = mallory()
        name = f"lost-{words}-{next(numbers)}"
        return mal, int(run_beside(server, _LOST_ROOM, mal.handle, messages, words, name))

    return make


def test_a_room_that_redis_lost_is_counted_again_and_nobody_waits(bystander, lost_room):
    def prepare():
        mal, room = lost_room(10_000, 3)
        return lambda: answered.extend(codes(mal.send(["hello"], room)))

    answered: list[str] = []
    bystander.is_not_kept_waiting(prepare)
    assert set(answered) == {"ok"}


def test_an_export_lets_everything_else_go_on(server, lost_room):
    mal, room = lost_room(3_000, 500)
    waits, size = min(
        json.loads(run_beside(server, _EXPORT, room, mal.handle, before=_PATCHED).splitlines()[-1]) for _ in range(3)
    )
    print(f"longest wait: {1000 * waits:.0f} ms; {size:,} bytes")
    assert size > 10_000_000
    assert waits < 0.1


def test_long_messages_are_archived_and_nobody_waits(bystander, mallory):
    def prepare():
        mal = mallory()
        rooms = [mal.room["id"], *(mal.make_room()["id"] for _ in range(3))]

        def send():
            for number in range(60):
                mal.send([f"{number} " + "東京 word " * 700], rooms[number % len(rooms)])

        return send

    bystander.is_not_kept_waiting(prepare, seconds_after=2)
