"""One timer calls each entry in time, and no entry waits because many are due at once."""

from itertools import pairwise

from gevent_socketio.timer_wheel import TICK_SECONDS, TimerWheel


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Entry:
    """An entry that is called every `seconds`."""

    def __init__(self, seconds: float, times: list[float]) -> None:
        self.seconds = seconds
        self.times = times
        self.is_aborted = False

    def on_tick(self, now: float) -> float:
        self.times.append(now)
        return self.seconds

    def abort(self) -> None:
        self.is_aborted = True


class Broken(Entry):
    def on_tick(self, now: float) -> float:
        raise ValueError


def prepared() -> tuple[Clock, list[float], TimerWheel]:
    clock = Clock()
    return clock, [], TimerWheel(clock=clock)


def advance(wheel: TimerWheel, clock: Clock, seconds: float) -> None:
    for _ in range(round(seconds / TICK_SECONDS)):
        clock.now += TICK_SECONDS
        wheel.advance()


def test_an_entry_is_called_again_after_each_delay():
    clock, times, wheel = prepared()
    wheel.add(Entry(0.5, times), 0.2)
    advance(wheel, clock, 2.3)
    delays = [later - earlier for earlier, later in pairwise([1_000.0, *times])]
    assert len(times) == 4
    assert 0.2 <= delays[0] <= 0.2 + 2 * TICK_SECONDS
    assert all(0.5 <= delay <= 0.5 + 2 * TICK_SECONDS for delay in delays[1:])


def test_entries_that_were_added_at_once_are_called_a_few_at_a_time():
    clock, times, wheel = prepared()
    for _ in range(20_000):
        wheel.add(Entry(5, times), 5)
    advance(wheel, clock, 12)
    most = max(times.count(moment) for moment in set(times))
    assert most <= 20_000 / 16
    assert len(times) >= 20_000
    assert max(times[:20_000]) <= 1_000 + 5 + 2


def test_a_short_timeout_is_precise():
    clock = Clock()
    times: list[float] = []
    wheel = TimerWheel.for_timeouts(0.3, 0.2, clock=clock)
    wheel.add(Entry(0, times), 0.2)
    while not times:
        clock.now += 0.001
        wheel.advance()
    assert 0.2 <= times[0] - 1_000 <= 0.21 + 0.001


def test_a_stalled_loop_forgets_no_entry():
    clock, times, wheel = prepared()
    wheel.add(Entry(0, times), 0.1)
    wheel.add(Entry(0, times), 4)
    clock.now += 60
    wheel.advance()
    assert len(times) == 2
    assert len(wheel) == 0


def test_an_entry_that_fails_is_aborted_and_the_others_are_called():
    clock, times, wheel = prepared()
    broken = Broken(1, times)
    wheel.add(broken, 0.1)
    wheel.add(Entry(1, times), 0.1)
    advance(wheel, clock, 3)
    assert broken.is_aborted
    assert len(times) == 3
    assert len(wheel) == 1
