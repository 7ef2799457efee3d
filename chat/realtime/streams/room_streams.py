"""The stream of every room that this process has connections in: delivers its messages and amendments in order."""

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from gevent.queue import SimpleQueue

from chat.domain.protocol import ServerEvent
from chat.domain.types import Missed, Position, RoomId
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.connections.packets import event_packet
from chat.realtime.streams.latency import DeliveryMeter
from chat.realtime.streams.room_sequencer import NumberedEvent, RoomSequencer

_MESSAGE = ServerEvent.MESSAGE.value


class Gap(NamedTuple):
    """Something is missing in a room after this position. `sequencer` tells the room's stream from a later one's."""

    room_id: RoomId
    position: Position
    sequencer: RoomSequencer


class RoomStreams:
    """Finds gaps and keeps what comes after them; reading the log is left to the reader of `gaps`."""

    def __init__(self, connections: LocalConnections, meter: DeliveryMeter) -> None:
        self._connections = connections
        self._meter = meter
        self._sequencers: dict[RoomId, RoomSequencer] = {}
        self._changed_at: dict[RoomId, float] = {}
        self._gaps: SimpleQueue[Gap] = SimpleQueue()

    def open(self, room_id: RoomId) -> None:
        """Keep what is published in a room from now on, until `begin`; before the room is subscribed to."""
        if room_id not in self._sequencers:
            self._sequencers[room_id] = RoomSequencer()

    def begin(self, room_id: RoomId, position: Position) -> None:
        """Deliver what comes after this position, unless the stream has begun already."""
        sequencer = self._sequencers.get(room_id)
        if sequencer is not None:
            self._deliver(room_id, sequencer.begin(position))
            if sequencer.has_gap():
                self.request_repair(room_id)

    def close(self, room_id: RoomId) -> None:
        """End the stream of an empty room."""
        self._sequencers.pop(room_id, None)
        self._changed_at.pop(room_id, None)

    def take(self, room_id: RoomId, event: NumberedEvent) -> None:
        """Deliver what was published if it is next; else the gap before it is repaired first."""
        sequencer = self._sequencers.get(room_id)
        if sequencer is None:
            return
        events = sequencer.take(event)
        if events:
            self._deliver(room_id, events)
        elif sequencer.has_gap():
            self.request_repair(room_id)

    def rooms(self) -> list[RoomId]:
        return list(self._sequencers)

    # Gaps.

    def gaps(self) -> Iterator[Gap]:
        """Yield every gap, waiting for the next one; each must be answered by `mend`."""
        while True:
            yield self._gaps.get()

    def request_repair(self, room_id: RoomId) -> None:
        """Keep everything new, and report a gap after the present position, unless one is being repaired already."""
        sequencer = self._sequencers.get(room_id)
        if sequencer is not None and sequencer.position is not None and not sequencer.is_repairing:
            self._gaps.put(Gap(room_id, sequencer.start_repair(), sequencer))

    def is_open(self, gap: Gap) -> bool:
        """Whether anyone still waits for this gap's repair."""
        return self._sequencers.get(gap.room_id) is gap.sequencer

    def mend(self, gap: Gap, missed: Missed) -> None:
        """Deliver what was read from the log, then what came meanwhile."""
        if not self.is_open(gap):
            return
        self._meter.note_gap(len(missed.messages))
        repaired = gap.sequencer.mend(missed)
        self._deliver(gap.room_id, repaired.events)
        if not repaired.is_complete:
            self._tell_head(gap.room_id, missed.position)
        if gap.sequencer.has_gap():
            self.request_repair(gap.room_id)

    def compare(self, room_id: RoomId, head: Position) -> None:
        """Report a gap if the room's head in Redis is ahead of what was delivered."""
        sequencer = self._sequencers.get(room_id)
        if sequencer is None or sequencer.position is None or not head.epoch:
            return
        here = sequencer.position
        if head.epoch != here.epoch or head.seq > here.seq or head.rev > here.rev:
            self.request_repair(room_id)

    # Heads.

    def quiet_rooms(self, since: float) -> list[RoomId]:
        """Return the rooms whose last change is older than this moment (monotonic) and whose head was not told since."""
        return [room_id for room_id, changed_at in self._changed_at.items() if changed_at <= since]

    def tell_heads(self, room_ids: Sequence[RoomId]) -> None:
        """Broadcast the heads of these rooms: clients that lack the last message notice it by that."""
        for room_id in room_ids:
            sequencer = self._sequencers.get(room_id)
            if sequencer is not None and sequencer.position is not None and not sequencer.is_repairing:
                self._changed_at.pop(room_id, None)  # its stream may have been closed and opened again meanwhile
                self._tell_head(room_id, sequencer.position)

    def _tell_head(self, room_id: RoomId, position: Position) -> None:
        head = {"room": room_id, "epoch": position.epoch, "seq": position.seq, "rev": position.rev}
        self._connections.broadcast(room_id, event_packet(ServerEvent.HEAD, msgspec.json.encode(head)))

    def _deliver(self, room_id: RoomId, events: Sequence[NumberedEvent]) -> None:
        if events:
            self._changed_at[room_id] = time.monotonic()
        for event in events:
            self._connections.broadcast(room_id, event_packet(event.name, event.payload))
            if event.name == _MESSAGE:
                self._meter.note(event.payload)
