"""Redis's clock is set by an hour or a day: nobody waits longer than a limit's own time, and presence stays right."""

import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

import fakeredis
import msgspec
import pytest
import redis

from chat.domain.errors import ChatError
from chat.domain.types import Accepted, Author, PersonHere
from chat.live.limits import Limit
from chat.live.live_state import LiveState
from chat.live.messages.log import NO_HURRY, Draft, Outcome, Pace
from chat.live.presence import PresenceEntry, PresenceStore
from chat.live.redis.client import connect
from chat.live.redis.scripts import ScriptRunner
from tests.chat.live.conftest import ALICE, BOB, ROOM, facts, put_room
from tests.support.stepped_redis import SteppedRedis

HOUR, DAY = 3_600, 86_400
STEPS = [-DAY, -HOUR, HOUR, DAY]
BACK = [-DAY, -HOUR]


class Scene(NamedTuple):
    """A live room, and how to set Redis's clock."""

    live: LiveState
    set_clock: Callable[[int], None]


@pytest.fixture(scope="module")
def stepped_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SteppedRedis]:
    server = SteppedRedis(tmp_path_factory.mktemp("stepped"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["fakeredis", "redis"])
def scene(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    if request.param == "fakeredis":
        real_time, offset = time.time, [0]
        monkeypatch.setattr(time, "time", lambda: real_time() + offset[0])
        client: redis.Redis = fakeredis.FakeRedis(protocol=2)
        set_clock: Callable[[int], None] = lambda seconds: offset.__setitem__(0, seconds)  # noqa: E731
    else:
        server: SteppedRedis = request.getfixturevalue("stepped_redis")
        client, set_clock = connect(server.url), server.set_clock
    set_clock(0)
    client.flushall()
    live = LiveState(client)
    put_room(live, facts(), 1, {ALICE.id: "owner", BOB.id: "member"})
    yield Scene(live, set_clock)
    client.close()


_numbers = count()


def _send(live: LiveState, author: Author = BOB, pace: Pace = NO_HURRY, said: str = "", client_id: str = "") -> Outcome:
    number = next(_numbers)
    body = msgspec.json.encode({"client_id": "c", "author": author, "text": said})[1:-1]
    draft = Draft(ROOM, client_id or f"client-{number}", body, said=said or f"{number}")
    [outcome] = live.log.append(author, [draft], pace)
    return outcome


@pytest.mark.parametrize("step", STEPS)
def test_nobody_is_silenced_by_a_used_up_limit(scene: Scene, step: int) -> None:
    pace = Pace(messages=Limit(3, 30_000))
    assert [type(_send(scene.live, pace=pace)) for _ in range(4)] == [Accepted] * 3 + [ChatError]
    scene.set_clock(step)
    assert [type(_send(scene.live, pace=pace)) for _ in range(4)] == [Accepted] * 3 + [ChatError]


@pytest.mark.parametrize("step", STEPS)
def test_saying_the_same_again_is_limited_by_its_own_time(scene: Scene, step: int) -> None:
    pace = Pace(repeats=Limit(1, 60_000))
    assert isinstance(_send(scene.live, pace=pace, said="buy"), Accepted)
    assert isinstance(_send(scene.live, pace=pace, said="buy"), ChatError)
    scene.set_clock(step)
    assert isinstance(_send(scene.live, pace=pace, said="buy"), Accepted)
    refused = _send(scene.live, pace=pace, said="buy")
    assert isinstance(refused, ChatError)
    assert 0 < (refused.retry_in or 0) <= 60


@pytest.mark.parametrize("step", STEPS)
def test_slow_mode_lasts_no_longer_than_it_says(scene: Scene, step: int) -> None:
    scene.live.rooms.project_room(facts(slow_mode=30), 2)
    assert isinstance(_send(scene.live), Accepted)
    assert isinstance(_send(scene.live), ChatError)
    scene.set_clock(step)
    assert isinstance(_send(scene.live), Accepted)
    refused = _send(scene.live)
    assert isinstance(refused, ChatError)
    assert (refused.code, 25 < (refused.retry_in or 0) <= 30) == ("slow_mode", True)


@pytest.mark.parametrize("step", STEPS)
def test_changes_and_what_is_limited_outside_rooms_go_on(scene: Scene, step: int) -> None:
    limit = Limit(1, 3_600_000)
    _send(scene.live)
    scene.live.amendments.react(ROOM, BOB.id, 1, "👍", True, limit)
    scene.live.limits.take(BOB.id, "reports", limit)
    scene.set_clock(step)
    scene.live.amendments.react(ROOM, BOB.id, 1, "👍", False, limit)
    scene.live.limits.take(BOB.id, "reports", limit)
    with pytest.raises(ChatError) as refused:
        scene.live.limits.take(BOB.id, "reports", limit)
    assert 0 < (refused.value.retry_in or 0) <= 3_600


@pytest.mark.parametrize("step", STEPS)
def test_order_stays_and_a_resend_is_recognised(scene: Scene, step: int) -> None:
    first = _send(scene.live, client_id="same")
    scene.set_clock(step)
    again, second = _send(scene.live, client_id="same"), _send(scene.live)
    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    assert isinstance(second, Accepted)
    assert (again.seq, again.duplicate, again.sent_at) == (first.seq, True, first.sent_at)
    assert second.seq == 2
    assert abs(second.sent_at - first.sent_at - 1_000 * step) < 60_000


@pytest.mark.parametrize("step", STEPS)
def test_a_mute_ends_when_it_was_to_end(scene: Scene, step: int) -> None:
    ends = int((time.time() + 2 * HOUR) * 1_000)
    scene.live.client.hset("room:{7}:sanctions", BOB.id, f"mute {ends}")
    scene.set_clock(step)
    outcome = _send(scene.live)
    assert isinstance(outcome, Accepted if step == DAY else ChatError)


@pytest.mark.parametrize("step", BACK)
def test_a_connection_that_died_is_gone_within_its_seconds_all_the_same(scene: Scene, step: int) -> None:
    presence = scene.live.presence
    presence.beat({ROOM: [PresenceEntry(ALICE.id, "tab", "active"), PresenceEntry(BOB.id, "dead", "active")]})
    scene.set_clock(step)
    presence.beat({ROOM: [PresenceEntry(ALICE.id, "tab", "active")]})
    assert {person.user for person in presence.who([ROOM])[0]} == {ALICE.id, BOB.id}
    scene.set_clock(step + 14)
    presence.beat({ROOM: [PresenceEntry(ALICE.id, "tab", "active")]})
    scene.set_clock(step + 16)
    assert presence.who([ROOM]) == [[PersonHere(ALICE.id, "active")]]


@pytest.mark.parametrize("step", BACK)
def test_a_server_that_died_is_buried_within_its_seconds_all_the_same(scene: Scene, step: int) -> None:
    other = PresenceStore(ScriptRunner(scene.live.client), "other")
    other.renew_lease()
    scene.set_clock(step)
    assert scene.live.presence.bury_dead_servers() == []
    scene.set_clock(step + 4)
    assert scene.live.presence.bury_dead_servers() == ["other"]


@pytest.mark.parametrize("step", BACK)
def test_the_archive_finds_another_process_within_seconds_all_the_same(scene: Scene, step: int) -> None:
    archiving = scene.live.archiving
    assert archiving.hold_lease("died")
    scene.set_clock(step)
    assert not archiving.hold_lease("lives")
    scene.set_clock(step + 6)
    assert archiving.hold_lease("lives")
