"""What people do all day: write, edit what they wrote, delete it and bring it back, react to others."""

import asyncio
import random
from dataclasses import dataclass

from tests.faults.client import ChatClient
from tests.faults.ledger import Ledger
from tests.faults.view import Row
from tests.faults.wire import Lost

MOST_UNANSWERED = 20
EMOJI = ("👍", "🎉", "😄")


@dataclass
class Writer:
    """One person at work until cancelled. All that is decided by chance comes from the seed."""

    client: ChatClient
    chance: random.Random
    rooms: list[int]
    ledger: Ledger
    pause: float

    async def work(self) -> None:
        number = 0
        while True:
            await asyncio.sleep(self.chance.uniform(0, 2 * self.pause))
            number += 1
            room = self.chance.choice(self.rooms)
            if self.client.outbox.unanswered < MOST_UNANSWERED:
                self.client.outbox.add(room, f"{self.client.person.handle} {number}")
            if self.client.is_live and self.chance.random() < 0.3:
                await self._amend(room, number)

    async def _amend(self, room: int, number: int) -> None:
        rows = self.client.view(room).rows[-30:]
        mine = [row for row in rows if row.author == self.client.person.id and (room, row.client_id) in self.ledger.entries]
        try:
            if mine and self.chance.random() < 0.6:
                await self._edit(room, self.chance.choice(mine), f"edited {number}")
            elif rows:
                await self._react(room, self.chance.choice(rows))
        except Lost:
            pass  # whether it was done is not known: the ledger holds both for possible

    async def _edit(self, room: int, row: Row, text: str) -> None:
        deletes = self.chance.random() < 0.3
        if row.text is None:
            await self._change("restore", room, row, self._before_deletion(room, row))
        else:
            await self._change("delete" if deletes else "edit", room, row, None if deletes else text)

    async def _change(self, verb: str, room: int, row: Row, text: str | None) -> None:
        self.ledger.editing(room, row.client_id, text)
        request = {"room": room, "seq": row.seq, "epoch": row.epoch} | ({"text": text} if verb == "edit" else {})
        answer = await self.client.ask(verb, request)
        if answer["ok"]:
            self.ledger.edited(room, row.client_id, text)

    def _before_deletion(self, room: int, row: Row) -> str | None:
        edit = self.ledger.edits.get((room, row.client_id))
        texts = [text for text in edit.earlier if text is not None] if edit else []
        return texts[-1] if texts else self.ledger.entries[room, row.client_id].text

    async def _react(self, room: int, row: Row) -> None:
        reaction = {"emoji": self.chance.choice(EMOJI), "on": self.chance.random() < 0.8}
        await self.client.ask("react", {"room": room, "seq": row.seq, "epoch": row.epoch, **reaction})
