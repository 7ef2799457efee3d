"""Everything a fault can strike: a Redis, servers, proxies, people with tabs, and the ledger of what they were promised."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.faults.client import Address, ChatClient, Person
from tests.faults.killable_redis import MortalRedis
from tests.faults.ledger import Ledger, Verdict
from tests.faults.proxy import Proxy, Where
from tests.faults.scene import Stage, until
from tests.faults.view import RoomView
from tests.support.live_server import ROOT, ServerProcess
from tests.support.ready_tables import give_tables

# No promises: what is promised in seconds, the tests say themselves.
SETTLED_SECONDS, LIVE_SECONDS = 60.0, 90.0
WITNESS = "witness"


class World:
    """Servers on one Redis and one database. With `proxied` each server reaches Redis over a wire of its own."""

    def __init__(
        self, people: int, rooms: int | dict[str, list[str]], servers: int = 1, proxied: bool = False, **settings: str
    ) -> None:
        # Not pytest's folder: a unix socket's path must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="parley-faults-"))
        self.stage = Stage()
        self.ledger = Ledger()
        self.clients: list[ChatClient] = []
        self._proxies: list[Proxy] = []
        (self.folder / "redis").mkdir()
        self.redis = MortalRedis(self.folder / "redis").start()
        self.wires = [self.proxy(self.redis.socket, self.folder / f"wire-{n}.sock") for n in range(servers) if proxied]
        urls = [f"unix://{self.folder}/wire-{n}.sock" if proxied else self.redis.url for n in range(servers)]
        self.servers = [ServerProcess(self.folder, REDIS_URL=url, HOST="127.0.0.1", **settings) for url in urls]
        handles = [f"p{number:04}" for number in range(people)]
        layout = rooms if isinstance(rooms, dict) else {f"room-{number}": handles for number in range(rooms)}
        give_tables(self.servers[0].environment)
        self.people, self.rooms = self._seed([*handles, WITNESS], layout)
        self._unused = list(self.rooms.values())
        for server in self.servers:
            server.start()

    def close(self) -> None:
        """End everything, gently or not."""
        self.stage.run(_finish(self.clients))
        for proxy in self._proxies:
            proxy.close()
        for server in self.servers:
            server.kill()
        self.redis.stop()
        self.stage.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def fresh_room(self) -> int:
        """Return a room that no other test uses."""
        return self._unused.pop(0)

    def proxy(self, target: Where, listen: Where = 0) -> Proxy:
        proxy = Proxy(self.stage, target, listen)
        self._proxies.append(proxy)
        return proxy

    def connect(
        self, numbers: Iterable[int], server: int = 0, through: Proxy | None = None, buffer: int = 0
    ) -> list[ChatClient]:
        """Connect these people to one server and return their clients once they are live."""
        to = self.servers[server]
        address = Address(through.port if through else to.port, to.url)
        people = [self.people[f"p{number:04}"] for number in numbers]
        clients = [ChatClient(self.stage, person, address, self.ledger, buffer).start() for person in people]
        self.clients += clients
        until(
            lambda: all(client.is_live for client in clients), LIVE_SECONDS, lambda: [client.losses[-2:] for client in clients]
        )
        return clients

    def disconnect(self) -> None:
        """Let everybody go: the next test begins with an empty stage."""
        self.stage.run(_finish(self.clients))
        self.clients.clear()

    def settle(self, room: int, clients: Iterable[ChatClient], seconds: float = SETTLED_SECONDS) -> float:
        """Wait until everybody is at rest and equally far; return how long it took."""
        tabs = list(clients)

        def settled() -> bool:
            positions = {str(tab.view(room).position) for tab in tabs}
            return len(positions) == 1 and all(tab.at_rest for tab in tabs)

        return until(settled, seconds, lambda: sorted({_state_of(tab, room) for tab in tabs}))

    def judge(self, room: int, clients: Iterable[ChatClient], seconds: float = SETTLED_SECONDS) -> Verdict:
        """Return the verdict once all is at rest: a newcomer's whole history against what everyone sees and was promised."""
        tabs = list(clients)
        self.settle(room, tabs, seconds)
        history = self.history(room, tabs[0])
        # All may agree on what is old: an acknowledgement comes before the message where a subscription is being renewed.
        until(
            lambda: all(tab.view(room).position == history.position for tab in tabs),
            seconds,
            lambda: (history.position, sorted({_state_of(tab, room) for tab in tabs})),
        )
        for tab in tabs:
            tab.page_back(room)
        views = {f"{tab.person.handle}-{n}": tab.view(room) for n, tab in enumerate(tabs)}
        return self.ledger.judge(room, history.rows, {"newcomer": history, **views})

    def history(self, room: int, like: ChatClient) -> RoomView:
        """Return the room as somebody finds it who has never been there before."""
        newcomer = ChatClient(self.stage, like.person, like.address, self.ledger).start()
        try:
            until(lambda: newcomer.is_live, LIVE_SECONDS, lambda: newcomer.losses)
            newcomer.page_back(room)
            return newcomer.view(room)
        finally:
            newcomer.stop()

    def _seed(self, handles: list[str], rooms: dict[str, list[str]]) -> tuple[dict[str, Person], dict[str, int]]:
        wanted = json.dumps({"people": handles, "rooms": rooms})
        ran = subprocess.run(
            [sys.executable, "-m", "tests.faults.seed", wanted],
            cwd=ROOT, env=self.servers[0].environment, capture_output=True, check=False, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        made = json.loads(ran.stdout)
        return {handle: Person(handle, **facts) for handle, facts in made["people"].items()}, made["rooms"]


def _state_of(tab: ChatClient, room: int) -> str:
    live = "at rest" if tab.at_rest else "live" if tab.is_live else "away"
    return f"{live} {tab.view(room).position} unanswered {tab.outbox.unanswered} syncs {tab.syncs} {tab.losses[-3:]}"


async def _finish(clients: list[ChatClient]) -> None:
    for client in clients:
        await client.finish()
