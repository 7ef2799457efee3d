"""Every fault of the soak: each hurts and mends by itself, and returns when it is mended."""

import random
import signal
import time
from collections.abc import Callable
from os import kill

from tests.faults.proxy import Proxy
from tests.faults.world import World

Fault = Callable[["Faults"], None]


class Faults:
    """The faults that may strike a world. What is decided by chance comes from the seed."""

    def __init__(self, world: World, cables: list[Proxy], chance: random.Random) -> None:
        self.world = world
        self.cables = cables
        self.chance = chance
        self._copies = 0

    def kill_server(self) -> None:
        server = self.chance.choice(self.world.servers)
        server.kill()
        self._wait(0, 1)
        server.start()

    def restart_server(self) -> None:
        server = self.chance.choice(self.world.servers)
        server.stop()
        server.start()

    def freeze_server(self) -> None:
        pid = self.chance.choice(self.world.servers).pid
        kill(pid, signal.SIGSTOP)
        self._wait(1, 11)
        kill(pid, signal.SIGCONT)

    def kill_redis(self) -> None:
        self.world.redis.kill()
        self._wait(0, 1)
        self.world.redis.start()

    def freeze_redis(self) -> None:
        self.world.redis.freeze()
        self._wait(1, 11)
        self.world.redis.thaw()

    def fill_disk(self) -> None:
        self.world.redis.fill_disk()
        self.world.redis.await_end(20)
        self._wait(0, 2)
        self.world.redis.start()

    def cut_subscriptions(self) -> None:
        self.world.redis.command("CLIENT", "KILL", "TYPE", "pubsub")

    def cut_redis_connections(self) -> None:
        self.world.redis.command("CLIENT", "KILL", "TYPE", "normal")

    def starve_subscription(self) -> None:
        pushes = self.chance.choice(self.world.wires).filter
        pushes.eats = lambda channel, payload: True
        self._wait(0.5, 6)
        pushes.eats = None

    def eat_one_message(self) -> None:
        pushes = self.chance.choice(self.world.wires).filter
        before = len(pushes.eaten)
        pushes.eats = lambda channel, payload: payload.startswith(b"message ") and len(pushes.eaten) == before
        self._wait(0.5, 1)
        pushes.eats = None

    def cut_wire(self) -> None:
        self.chance.choice(self.world.wires).cut()

    def silence_wire(self) -> None:
        self._silence(self.world.wires, 8)

    def cut_cable(self) -> None:
        self.chance.choice(self.cables).cut()

    def silence_cable(self) -> None:
        self._silence(self.cables, 12)

    def drop_clients(self) -> None:
        tabs = list(self.world.clients)
        for tab in self.chance.sample(tabs, len(tabs) // 2):
            tab.drop()

    def tear_log(self) -> None:
        size = self.chance.randint(1, 3 * 1024)
        self.world.redis.kill()
        self.world.ledger.tail_is_lost()
        self.world.redis.cut_tail(size)
        self.world.redis.start()

    def restore_copy(self) -> None:
        self._copies += 1
        self.world.redis.copy_data(f"copy-{self._copies}")
        self._wait(1, 5)
        self.world.redis.kill()
        self.world.ledger.tail_is_lost()
        self.world.redis.restore_data(f"copy-{self._copies}")
        self.world.redis.start()

    def flush(self) -> None:
        self.world.ledger.tail_is_lost()
        self.world.redis.command("FLUSHALL")

    def _silence(self, wires: list[Proxy], longest: float) -> None:
        wire = self.chance.choice(wires)
        wire.silence()
        self._wait(1, longest)
        wire.resume()

    def _wait(self, least: float, most: float) -> None:
        time.sleep(self.chance.uniform(least, most))


# What is cheap to mend comes more often, so that a minute holds many kinds.
WEIGHTS: dict[Fault, int] = {
    Faults.kill_server: 3,
    Faults.restart_server: 1,
    Faults.freeze_server: 1,
    Faults.kill_redis: 5,
    Faults.freeze_redis: 1,
    Faults.fill_disk: 1,
    Faults.cut_subscriptions: 4,
    Faults.cut_redis_connections: 3,
    Faults.starve_subscription: 2,
    Faults.eat_one_message: 4,
    Faults.cut_wire: 3,
    Faults.silence_wire: 1,
    Faults.cut_cable: 3,
    Faults.silence_cable: 1,
    Faults.drop_clients: 3,
    Faults.tear_log: 3,
    Faults.restore_copy: 2,
    Faults.flush: 1,
}
