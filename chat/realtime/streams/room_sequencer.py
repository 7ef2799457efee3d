"""Orders one room's messages and amendments: each once, by its number, none left out."""

from collections.abc import Sequence
from typing import NamedTuple

from chat.domain.protocol import ServerEvent
from chat.domain.types import Missed, Position

# What waits while the log is read. Beyond it the newest are dropped: the next comparison of heads finds them again.
MAX_WAITING = 10_000

_MESSAGE, _AMENDED = ServerEvent.MESSAGE.value, ServerEvent.AMENDED.value


class NumberedEvent(NamedTuple):
    """A publication with a number: a message by its seq, an amendment by its rev. `payload` is JSON."""

    name: str
    epoch: str
    number: int
    payload: bytes


class Repaired(NamedTuple):
    """The events that a repair has put in order; if it is not complete, clients must ask for the rest by `sync`."""

    events: Sequence[NumberedEvent]
    is_complete: bool


class RoomSequencer:
    """Knows the last position that was passed on. While something before them is missing, new events wait.

    Every method returns the events that are in order now; the caller delivers them at once.
    """

    def __init__(self) -> None:
        self._waiting: list[NumberedEvent] = []
        self._came_before_reading = 0
        self.position: Position | None = None
        self.is_repairing = False

    def begin(self, position: Position) -> Sequence[NumberedEvent]:
        """Start after this position of the log: clients read up to there by `sync`."""
        if self.position is not None:
            return ()
        self.position = position
        return self._release(0)

    def take(self, event: NumberedEvent) -> Sequence[NumberedEvent]:
        """Return an event that is next, drop a repeat, keep anything else."""
        position = self.position
        if position is None or self.is_repairing:
            self._keep(event)
            return ()
        before = position.seq if event.name == _MESSAGE else position.rev
        if event.epoch != position.epoch or event.number > before + 1:
            self._keep(event)
            return ()
        if event.number <= before:
            return ()
        self._advance(event)
        return (event,)

    def has_gap(self) -> bool:
        """Whether an event waits for others that must be read from the log."""
        return bool(self._waiting) and self.position is not None and not self.is_repairing

    def start_repair(self) -> Position:
        """Keep everything from now on; return the position after which the log must be read."""
        self.is_repairing = True
        self._came_before_reading = len(self._waiting)
        return self.position or Position()

    def mend(self, missed: Missed) -> Repaired:
        """Take what was read from the log, then what came meanwhile."""
        before = self.position or missed.position
        is_complete = _is_complete(before, missed)
        events = _events_of(before, missed) if is_complete else []
        self.position = missed.position
        self.is_repairing = False
        # What was published before the log was read is in what was read, or belongs to an epoch that has ended.
        events += self._release(self._came_before_reading)
        return Repaired(events, is_complete)

    def _keep(self, event: NumberedEvent) -> None:
        if len(self._waiting) < MAX_WAITING:
            self._waiting.append(event)

    def _release(self, skip: int) -> list[NumberedEvent]:
        waiting, self._waiting = self._waiting[skip:], []
        events: list[NumberedEvent] = []
        for index, event in enumerate(waiting):
            events += self.take(event)
            if self._waiting:
                self._waiting.extend(waiting[index + 1 :])
                break
        return events

    def _advance(self, event: NumberedEvent) -> None:
        assert self.position is not None
        epoch, seq, rev = self.position.epoch, self.position.seq, self.position.rev
        is_message = event.name == _MESSAGE
        self.position = Position(epoch, event.number, rev) if is_message else Position(epoch, seq, event.number)


def _events_of(before: Position, missed: Missed) -> list[NumberedEvent]:
    epoch = before.epoch
    messages = [NumberedEvent(_MESSAGE, epoch, seq, text) for seq, text in enumerate(missed.messages, before.seq + 1)]
    return messages + [NumberedEvent(_AMENDED, epoch, rev, text) for rev, text in missed.amendments]


def _is_complete(before: Position, missed: Missed) -> bool:
    if before.epoch != missed.position.epoch or len(missed.messages) != missed.position.seq - before.seq:
        return False
    return missed.position.rev == before.rev or bool(missed.amendments)
