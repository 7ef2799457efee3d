"""One room's messages and amendments on their way through a process: each once, in order, none left out."""

from collections.abc import Callable
from typing import NamedTuple

from chat.domain.types import Missed, Position


class Event(NamedTuple):
    """Something numbered that was published: a message by its seq, an amendment by its rev."""

    name: str
    epoch: str
    number: int
    payload: bytes


MOST_WAITING = 10_000

Pass = Callable[[str, bytes], None]


class RoomFeed:
    """Knows how far this process has relayed. What comes while something is missing waits until that was read from the log."""

    def __init__(self, pass_on: Pass) -> None:
        self._pass_on = pass_on
        self._waiting: list[Event] = []
        self._came_before_reading = 0
        self.position: Position | None = None
        self.is_repairing = False

    def begin(self, position: Position) -> None:
        """Start where the log stands. Whoever is here now reads up to there by `sync`; what follows is relayed."""
        if self.position is None:
            self.position = position
            self._release(0)

    def take(self, event: Event) -> bool:
        """Relay an event, drop a repeat, or keep it; False when something before it is missing and must be read."""
        if self.position is None or self.is_repairing:
            self._keep(event)
            return True
        before = self.position.seq if event.name == "message" else self.position.rev
        if event.epoch != self.position.epoch or event.number > before + 1:
            self._keep(event)
            return False
        if event.number == before + 1:
            self._relay(event.name, event.number, event.payload)
        return True

    def start_repair(self) -> Position:
        """Keep everything from now on; return from where the log must be read."""
        self.is_repairing = True
        self._came_before_reading = len(self._waiting)
        return self.position or Position()

    def mend(self, missed: Missed) -> bool:
        """Relay what was read from the log, then what came meanwhile; False if not all could be told: clients must ask."""
        before = self.position or missed.position
        told = _tells_all(before, missed)
        if told:
            self.position = before
            for seq, message in enumerate(missed.messages, before.seq + 1):
                self._relay("message", seq, message)
            for rev, amendment in missed.amendments:
                self._relay("amended", rev, amendment)
        self.position = missed.position
        self.is_repairing = False
        # What was published before the log was read is in what was read, or belongs to a past that is gone.
        self._release(self._came_before_reading)
        return told

    def needs_repair(self) -> bool:
        """Whether something waits for what is missing before it."""
        return bool(self._waiting) and not self.is_repairing

    def _keep(self, event: Event) -> None:
        # Past the limit the newest are let go: the next comparison of heads finds them again.
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(event)

    def _release(self, skip: int) -> None:
        waiting, self._waiting = self._waiting[skip:], []
        for index, event in enumerate(waiting):
            if not self.take(event):
                self._waiting.extend(waiting[index + 1 :])
                return

    def _relay(self, name: str, number: int, payload: bytes) -> None:
        assert self.position is not None
        epoch, seq, rev = self.position.epoch, self.position.seq, self.position.rev
        self.position = Position(epoch, number, rev) if name == "message" else Position(epoch, seq, number)
        self._pass_on(name, payload)


def _tells_all(before: Position, missed: Missed) -> bool:
    if before.epoch != missed.position.epoch or len(missed.messages) != missed.position.seq - before.seq:
        return False
    return missed.position.rev == before.rev or bool(missed.amendments)
