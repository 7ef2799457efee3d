"""`make soak MINUTES=10 SEED=n`: people write while everything breaks; nothing may be lost, doubled or out of order."""

import argparse
import asyncio
import random
import secrets
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.faults.catalogue import WEIGHTS, Faults
from tests.faults.client import ChatClient
from tests.faults.ledger import Ledger
from tests.faults.scene import until
from tests.faults.traffic import Writer
from tests.faults.world import World

WRITERS, READERS, ROOMS = 8, 4, 3
PAUSE_SECONDS = 0.25
# Far more than healing takes: behind a lie of the disk everybody asks again for two minutes of messages first, and on a
# machine that others keep busy each takes its time. The report tells what it took.
HEALED_SECONDS = 120.0
SETTLED_SECONDS = 120.0
BAR = 30


@dataclass
class Report:
    """What came of a soak."""

    seed: int
    seconds: float
    faults: Counter[str] = field(default_factory=Counter)
    heals: list[float] = field(default_factory=list)
    messages: int = 0
    amendments: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    reordered: list[str] = field(default_factory=list)
    false_acks: list[str] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.reordered, *self.false_acks, *self.amiss]

    def table(self) -> str:
        """Return the figures for people."""
        figures = {
            "seed": self.seed,
            "minutes": f"{self.seconds / 60:.1f}",
            "messages acknowledged": f"{self.messages:,}",
            "amendments acknowledged": f"{self.amendments:,}",
            "faults injected": sum(self.faults.values()),
            **{f"- {kind.replace('_', ' ')}": count for kind, count in sorted(self.faults.items())},
            "longest time to heal": f"{max(self.heals, default=0):.1f} s",
            "lost": len(self.lost),
            "doubled": len(self.doubled),
            "reordered": len(self.reordered),
            "false acknowledgements": len(self.false_acks),
            "otherwise amiss": len(self.amiss),
        }
        return "\n".join(f"| {name:<28} | {value!s:>12} |" for name, value in figures.items())


class Soak:
    """Two servers, one Redis, writers and readers, and a fault after another."""

    def __init__(self, seconds: float, seed: int, shows_progress: bool) -> None:
        self._chance = random.Random(seed)
        self._seconds = seconds
        self._shows_progress = shows_progress
        self._report = Report(seed, seconds)

    def run(self) -> Report:
        """Return the report; the world is gone by then."""
        world = World(WRITERS + READERS, ROOMS, servers=2, proxied=True, HOT_MESSAGES="300")
        try:
            self._run(world)
        finally:
            world.close()
        return self._report

    def _run(self, world: World) -> None:
        cables = [world.proxy(server.port) for server in world.servers]
        rooms = list(world.rooms.values())
        writers = [*world.connect(range(0, WRITERS, 2), 0), *world.connect(range(1, WRITERS, 2), 1)]
        for index in range(READERS):
            world.connect([WRITERS + index], index % 2, cables[index % 2])
        chances = [random.Random(self._chance.random()) for _ in writers]
        at_work = [Writer(*each, rooms, world.ledger, PAUSE_SECONDS) for each in zip(writers, chances, strict=True)]
        tasks = [world.stage.call(_begin, writer) for writer in at_work]
        try:
            self._break_things(world, Faults(world, cables, self._chance), rooms[0])
        finally:
            for task in tasks:
                world.stage.call(task.cancel)
        self._judge(world, rooms)

    def _break_things(self, world: World, faults: Faults, room: int) -> None:
        ends = time.monotonic() + self._seconds
        while (left := ends - time.monotonic()) > 0:
            self._show(left, world.ledger)
            [fault] = self._chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
            self._report.faults[fault.__name__] += 1
            fault(faults)
            self._report.heals.append(_await_healing(world, room))
            time.sleep(self._chance.uniform(0, 0.5))

    def _judge(self, world: World, rooms: list[int]) -> None:
        report = self._report
        for room in rooms:
            verdict = world.judge(room, world.clients, SETTLED_SECONDS)
            for kind in ("lost", "doubled", "reordered", "false_acks", "amiss"):
                getattr(report, kind).extend(getattr(verdict, kind))
        report.messages, report.amendments = world.ledger.messages, world.ledger.amendments

    def _show(self, left: float, ledger: Ledger) -> None:
        if self._shows_progress:
            done = int(BAR * (1 - left / self._seconds))
            counts = f"{ledger.messages:,} messages, {sum(self._report.faults.values())} faults"
            print(f"\r[{'#' * done}{'.' * (BAR - done)}] {left:4.0f} s left, {counts} ", end="", file=sys.stderr, flush=True)


def _begin(writer: Writer) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(writer.work())


def _await_healing(world: World, room: int) -> float:
    """Return how long it takes until a word of one client on each server has been seen by everybody."""
    tabs = list(world.clients)
    said = [tabs[index].send(room, "healed?") for index in (0, WRITERS // 2)]
    before = world.ledger.acknowledgements

    def unhealed() -> str:
        return f"{world.ledger.acknowledgements - before} acknowledged meanwhile; {_states(tabs, room)}"

    return until(lambda: all(_has_seen(tab, room, said) for tab in tabs), HEALED_SECONDS, unhealed)


def _has_seen(tab: ChatClient, room: int, client_ids: list[str]) -> bool:
    return tab.is_live and {row.client_id for row in tab.view(room).rows[-200:]} >= set(client_ids)


def _states(tabs: list[ChatClient], room: int) -> str:
    return "; ".join(f"{tab.is_live} {tab.view(room).position} {tab.outbox.unanswered} {tab.losses[-2:]}" for tab in tabs)


def main() -> int:
    """Return 0 if every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    wanted = parser.parse_args()
    try:
        report = Soak(wanted.minutes * 60, wanted.seed, shows_progress=True).run()
    except AssertionError as error:
        print(f"\nBROKEN with SEED={wanted.seed}: {error}")
        return 1
    print(f"\n{report.table()}")
    for wrong in report.wrong[:20]:
        print(f"BROKEN with SEED={wanted.seed}: {wrong}")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
