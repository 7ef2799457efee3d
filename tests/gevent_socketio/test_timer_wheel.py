"""One timer asks everybody in time, and nobody waits because many are due at once."""

from itertools import pairwise

from gevent_socketio.interface import Options
from gevent_socketio.timer_wheel import TICK_SECONDS, Wheel


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Asked:
    """An entry that wants to be asked every `seconds`."""

    def __init__(self, seconds: float, times: list[float]) -> None:
        self.seconds = seconds
        self.times = times
        self.is_aborted = False

    def on_tick(self, now: float) -> float:
        self.times.append(now)
        return self.seconds

    def abort(self) -> None:
        self.is_aborted = True


class Broken(Asked):
    def on_tick(self, now: float) -> float:
        raise ValueError


def prepared() -> tuple[Clock, list[float], Wheel]:
    clock = Clock()
    return clock, [], Wheel(clock=clock)


def turn(wheel: Wheel, clock: Clock, seconds: float) -> None:
    for _ in range(round(seconds / TICK_SECONDS)):
        clock.now += TICK_SECONDS
        wheel.turn()


def test_an_entry_is_asked_again_after_each_delay():
    clock, times, wheel = prepared()
    wheel.add(Asked(0.5, times), 0.2)
    turn(wheel, clock, 2.3)
    delays = [later - earlier for earlier, later in pairwise([1_000.0, *times])]
    assert len(times) == 4
    assert 0.2 <= delays[0] <= 0.2 + 2 * TICK_SECONDS
    assert all(0.5 <= delay <= 0.5 + 2 * TICK_SECONDS for delay in delays[1:])


def test_a_crowd_that_came_at_once_is_asked_little_by_little():
    clock, times, wheel = prepared()
    for _ in range(20_000):
        wheel.add(Asked(5, times), 5)
    turn(wheel, clock, 12)
    most = max(times.count(moment) for moment in set(times))
    assert most <= 20_000 / 16
    assert len(times) >= 20_000
    assert max(times[:20_000]) <= 1_000 + 5 + 2


def test_who_is_given_little_time_gets_it_exactly():
    clock = Clock()
    times: list[float] = []
    wheel = Wheel.exact_for(Options(namespaces=frozenset(), ping_seconds=0.3, pong_seconds=0.2), clock)
    wheel.add(Asked(0, times), 0.2)
    while not times:
        clock.now += 0.001
        wheel.turn()
    assert 0.2 <= times[0] - 1_000 <= 0.21 + 0.001


def test_a_stalled_loop_forgets_nobody():
    clock, times, wheel = prepared()
    wheel.add(Asked(0, times), 0.1)
    wheel.add(Asked(0, times), 4)
    clock.now += 60
    wheel.turn()
    assert len(times) == 2
    assert len(wheel) == 0


def test_who_fails_is_ended_and_the_others_are_asked():
    clock, times, wheel = prepared()
    broken = Broken(1, times)
    wheel.add(broken, 0.1)
    wheel.add(Asked(1, times), 0.1)
    turn(wheel, clock, 3)
    assert broken.is_aborted
    assert len(times) == 3
    assert len(wheel) == 1
