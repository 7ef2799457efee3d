"""A person's tab: as the browser's, by the rules of docs/protocol/events.md, and with a hand on its network."""

import asyncio
import random
import time
from typing import Any, NamedTuple

from tests.faults.ledger import Ledger
from tests.faults.outbox import Outbox
from tests.faults.scene import Stage
from tests.faults.view import RoomView
from tests.faults.wire import Lost, Wire

FIRST_DELAY, LONGEST_DELAY = 0.5, 15.0
PAUSE_BETWEEN_SYNCS = 0.5
SYNC_AGAIN_SECONDS = 2.0
PAGE = 100

Payload = dict[str, Any]


class Person(NamedTuple):
    """Somebody with a session."""

    handle: str
    id: int
    cookie: str


class Address(NamedTuple):
    """Where a client connects, and which page it says that it comes from: with a proxy these differ."""

    port: int
    origin: str


class ChatClient:
    """Connects and comes back by itself. What is public may be called from the test's thread."""

    def __init__(self, stage: Stage, person: Person, address: Address, ledger: Ledger, receive_buffer: int = 0) -> None:
        self.person = person
        self.address = address
        self.rooms: dict[int, RoomView] = {}
        self.events: list[tuple[float, str, Payload]] = []
        self.live_since: float | None = None
        self.losses: list[str] = []
        self.syncs = 0
        self.deaf_to = 0  # how many messages to overlook, as if the last metre had lost them
        self.keep_events = False
        self.wire: Wire | None = None
        self.outbox = Outbox(person.id, self.ask, ledger)
        self._stage = stage
        self._ledger = ledger
        self._receive_buffer = receive_buffer
        self._held: list[tuple[str, Payload]] | None = None
        self._last_sync = 0.0
        self._life: asyncio.Task[None] | None = None
        self._catching_up: asyncio.Task[None] | None = None
        self._away = asyncio.Event()

    def start(self) -> "ChatClient":
        self._stage.call(self.begin)
        return self

    def begin(self) -> None:
        """Start, from the loop's own thread."""
        self._life = asyncio.get_running_loop().create_task(self._live())
        self._life.add_done_callback(_complain)

    def stop(self) -> None:
        self._stage.run(self.finish())

    async def finish(self) -> None:
        """Stop, from the loop's own thread."""
        if self._life is not None:
            self._life.cancel()
            await asyncio.gather(self._life, return_exceptions=True)

    def send(self, room: int, text: str) -> str:
        return self._stage.call(self.outbox.add, room, text)

    def request(self, event: str, payload: Payload) -> Payload:
        """Ask once, without the outbox; raises Lost."""
        return self._stage.run(self.ask(event, payload))

    def drop(self) -> None:
        """Lose the connection; it comes back as it would in a browser."""
        self._stage.call(self._drop)

    def page_back(self, room: int) -> None:
        """Scroll up to the room's first message."""
        self._stage.run(self._page_back(self.rooms[room]), 120)

    def view(self, room: int) -> RoomView:
        return self.rooms.get(room) or RoomView(room)

    @property
    def is_live(self) -> bool:
        return self.live_since is not None

    @property
    def at_rest(self) -> bool:
        """Nothing of one's own is under way, and nothing is being caught up with."""
        return self.is_live and not self.outbox.unanswered and self._held is None

    async def _live(self) -> None:
        tries = 0
        try:
            while True:
                tries = 0 if await self._connect() else tries + 1
                ceiling = min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(tries, 10))
                await asyncio.sleep(ceiling * random.uniform(0.5, 1.0))
        finally:
            self._drop()

    async def _connect(self) -> bool:
        """Stay until the connection is lost; tell whether it ever was in step with the server."""
        self._away.clear()
        self.wire = wire = Wire(self._take, self._lost)
        try:
            await wire.open(*self.address[:1], self.person.cookie, self.address.origin, self._receive_buffer)
        except Lost:
            return False
        self._need_sync()
        await self._away.wait()
        was_live, self.live_since = self.is_live, None
        return was_live

    def _drop(self) -> None:
        if self.wire is not None:
            self.wire.end("dropped")

    def _lost(self, why: str) -> None:
        self.losses.append(why)
        self._held = None
        self.outbox.disconnected()
        if self._catching_up is not None:
            self._catching_up.cancel()
            self._catching_up = None
        self._away.set()

    async def ask(self, event: str, payload: Payload) -> Payload:
        if self.wire is None or not self.wire.connected.done():
            raise Lost("not connected")
        return await self.wire.call(event, payload)

    def _need_sync(self) -> None:
        """One sync at a time; what arrives meanwhile waits for its answer."""
        if self._held is None:
            self._held = []
            self._catching_up = asyncio.get_running_loop().create_task(self._catch_up())
            self._catching_up.add_done_callback(_complain)

    async def _catch_up(self) -> None:
        await asyncio.sleep(max(0.0, self._last_sync + PAUSE_BETWEEN_SYNCS - time.monotonic()) if self.is_live else 0)
        while True:
            # What came before the question is in its answer. Replayed, each event of an epoch gone by would ask again.
            self._held = []
            self._last_sync = time.monotonic()
            self.syncs += 1
            try:
                answer = await self.ask("sync", {"rooms": {str(v.id): v.position for v in self.rooms.values()}})
            except Lost:  # slow, not gone: else this very task had been cancelled
                answer = {"ok": False}
            if answer["ok"]:
                return self._synced(answer)
            await asyncio.sleep(SYNC_AGAIN_SECONDS)

    def _synced(self, answer: Payload) -> None:
        for state in answer["rooms"]:
            self.rooms.setdefault(state["id"], RoomView(state["id"])).catch_up(state)
            self.outbox.synced(state["id"], state["epoch"])
        held, self._held = self._held or [], None
        self.live_since = self.live_since or time.monotonic()
        self.outbox.connected()
        for event, payload in held:
            self._take(event, payload)

    def _take(self, event: str, payload: Payload) -> None:
        if self.keep_events:
            self.events.append((time.monotonic(), event, payload))
        if event == "message" and self.deaf_to > 0:
            self.deaf_to -= 1
        elif self._held is not None:
            self._held.append((event, payload))
        else:
            self._apply(event, payload)

    def _apply(self, event: str, payload: Payload) -> None:
        view = self.rooms.get(payload.get("room", 0))
        if self._is_news_of(event, payload) if view is None else _is_missing(view, event, payload):
            self._need_sync()

    def _is_news_of(self, event: str, payload: Payload) -> bool:
        """Whether it tells of a room that is new to me; what concerns other people in it does not matter here."""
        return event in ("message", "room") or (event == "member" and payload.get("user") == self.person.id)

    async def _page_back(self, view: RoomView) -> None:
        first = False
        while not first:
            before = {"before": view.rows[0].seq} if view.rows else {}
            answer = await self.ask("history", {"room": view.id, "limit": PAGE, **before})
            if not answer["ok"]:
                raise AssertionError(f"history: {answer}")
            view.prepend(answer["messages"])
            first = answer["first"] or not answer["messages"]


def _is_missing(view: RoomView, event: str, payload: Payload) -> bool:
    """Show what comes in its turn; say whether something before it has not come."""
    if event == "message":
        return view.receive(payload) == "gap"
    if event == "amended":
        return view.amend(payload) == "gap"
    return event == "head" and view.behind(payload)


def _complain(task: asyncio.Task[None]) -> None:
    """A mistake of ours must not look like a client that waits for ever."""
    if not task.cancelled() and (error := task.exception()):
        asyncio.get_running_loop().call_exception_handler({"message": "a client failed", "exception": error, "task": task})
