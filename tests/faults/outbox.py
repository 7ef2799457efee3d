"""What a client wrote and does not know to be stored: sent in order per room, under the same id, until it is answered."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.faults.ledger import Ledger
from tests.faults.wire import Lost

KEPT_SECONDS = 120.0
RETRY_SECONDS = 1.5
WAIT_AND_RESEND = {"unavailable", "rate_limited", "slow_mode"}

Payload = dict[str, Any]


@dataclass
class Item:
    """A message on its way. `epoch` is the newest in which it is known to be stored."""

    room: int
    client_id: str
    text: str
    epoch: str = ""
    sent_at: float = 0.0
    asks_again_in: str = ""


class Outbox:
    """One pump a room; whatever happens to the connection, an item leaves only acknowledged or refused."""

    def __init__(self, author: int, request: Callable[[str, Payload], Awaitable[Payload]], ledger: Ledger) -> None:
        self._author = author
        self._request = request
        self._ledger = ledger
        self._waiting: dict[int, list[Item]] = {}
        self._kept: list[Item] = []
        self._pumps: dict[int, asyncio.Task[None]] = {}
        self._under_way: set[int] = set()
        self._online = asyncio.Event()

    @property
    def unanswered(self) -> int:
        return sum(map(len, self._waiting.values()))

    def add(self, room: int, text: str) -> str:
        """Write a message and return its client id."""
        item = Item(room, secrets.token_hex(16), text)
        self._ledger.attempted(self._author, room, item.client_id, text)
        self._waiting.setdefault(room, []).append(item)
        self._pump(room)
        return item.client_id

    def connected(self) -> None:
        self._online.set()

    def disconnected(self) -> None:
        self._online.clear()

    def synced(self, room: int, epoch: str) -> None:
        """A sync answered with this epoch: what was acknowledged in another may have gone with it, and is asked for again."""
        now = time.monotonic()
        self._kept = [item for item in self._kept if now - item.sent_at < KEPT_SECONDS]
        doubtful = [item for item in self._kept if item.room == room and item.epoch != epoch]
        if not doubtful:
            return
        self._kept = [item for item in self._kept if item not in doubtful]
        for item in doubtful:
            item.asks_again_in = epoch
        queue = self._waiting.setdefault(room, [])
        # Before what was never sent, and after what is under way at this moment.
        at = 1 if room in self._under_way else 0
        queue[at:at] = doubtful
        self._pump(room)

    def _pump(self, room: int) -> None:
        if room not in self._pumps:
            self._pumps[room] = asyncio.get_running_loop().create_task(self._send_all(room))

    async def _send_all(self, room: int) -> None:
        queue = self._waiting[room]
        try:
            while queue:
                await self._online.wait()
                item = queue[0]
                if await self._send(item):
                    queue.remove(item)
        finally:
            del self._pumps[room]

    async def _send(self, item: Item) -> bool:
        request = {"room": item.room, "client_id": item.client_id, "text": item.text}
        self._under_way.add(item.room)
        try:
            answer = await self._request("send", request)
        except Lost:
            await asyncio.sleep(0.05)
            return False
        finally:
            self._under_way.discard(item.room)
        if answer["ok"]:
            return self._acknowledged(item, answer)
        error = answer["error"]
        if error["code"] in WAIT_AND_RESEND:
            self._ledger.put_off(error["code"])
            await asyncio.sleep(min(error.get("retry_in") or RETRY_SECONDS, 10))
            return False
        self._ledger.refused(item.room, item.client_id, error["code"])
        return True

    def _acknowledged(self, item: Item, answer: Payload) -> bool:
        again = bool(item.asks_again_in)
        self._ledger.acknowledged(item.room, item.client_id, answer["seq"], answer["epoch"], again)
        stored_now = not answer.get("duplicate")
        item.epoch = answer["epoch"] if stored_now or not item.asks_again_in else item.asks_again_in
        # What was there already is not newer for that: it would else be kept, and asked for, as long as anything breaks.
        if stored_now or not item.sent_at:
            item.sent_at = time.monotonic()
        self._kept.append(item)
        return True
