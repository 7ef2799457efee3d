"""What was attempted, acknowledged and refused; and the verdict, when all is at rest, on what everybody sees."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tests.faults.view import Fingerprint, RoomView, Row

# The archive is a second or so behind. What changed within this time before a loss may be known to nobody but its author.
ARCHIVED_WITHIN_SECONDS = 10.0
# An acknowledgement may be read so long after the disk that it rests on has lied: until then it was on its way.
UNDER_WAY_SECONDS = 2.0


@dataclass(slots=True)
class Entry:
    """One message of one person."""

    author: int
    room: int
    number: int
    text: str
    seq: int | None = None
    epoch: str = ""
    restored: bool = False


@dataclass(slots=True)
class Edited:
    """How a message should read: as acknowledged last, or as an edit left it whose acknowledgement never came."""

    text: str | None
    at: float
    perhaps: set[str | None] = field(default_factory=set)
    earlier: list[str | None] = field(default_factory=list)


@dataclass
class Verdict:
    """Each a list of what is wrong, in words."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    reordered: list[str] = field(default_factory=list)
    false_acks: list[str] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.reordered, *self.false_acks, *self.amiss]


class Ledger:
    """Written by the clients as they go."""

    def __init__(self) -> None:
        self.entries: dict[tuple[int, str], Entry] = {}
        self.edits: dict[tuple[int, str], Edited] = {}
        self.amendments = 0
        self.put_offs: Counter[str] = Counter()
        self.refusals: dict[tuple[int, str], str] = {}
        self.acknowledgements = 0
        self.moved: list[str] = []
        # While the disk is known to have lied (a tail cut off, an old copy restored), a number may be given again.
        self.tail_may_be_lost = False
        self._lied_at = float("-inf")

    @property
    def messages(self) -> int:
        """How many different messages were acknowledged; asked by the progress bar while clients write."""
        return sum(entry.seq is not None for entry in self.entries.copy().values())

    def attempted(self, author: int, room: int, client_id: str, text: str) -> None:
        self.entries[room, client_id] = Entry(author, room, len(self.entries), text)

    def acknowledged(self, room: int, client_id: str, seq: int, epoch: str, again: bool) -> None:
        """An acknowledgement came; one that contradicts an earlier one is a false one, unless the disk lied."""
        entry = self.entries[room, client_id]
        self.acknowledgements += 1
        entry.restored = entry.restored or (again and entry.epoch != epoch)
        if entry.seq not in (None, seq) and not (again and self.tail_may_be_lost):
            self.moved.append(f"{client_id} in {room} was acknowledged as {entry.seq}, then as {seq}")
        entry.seq, entry.epoch = seq, epoch

    def refused(self, room: int, client_id: str, code: str) -> None:
        self.refusals[room, client_id] = code

    def put_off(self, code: str) -> None:
        self.put_offs[code] += 1

    def editing(self, room: int, client_id: str, text: str | None) -> None:
        """An edit, or a deletion (None), is on its way: whatever comes of the answer, it may be there."""
        sent = self.entries[room, client_id].text
        self.edits.setdefault((room, client_id), Edited(sent, time.monotonic())).perhaps.add(text)

    def edited(self, room: int, client_id: str, text: str | None) -> None:
        """It was acknowledged: from now on the message must read so. An author asks for one change after another."""
        edit = self.edits[room, client_id]
        self.amendments += 1
        edit.earlier.append(edit.text)
        edit.text, edit.at = text, time.monotonic()
        edit.perhaps.discard(text)
        if edit.at < self._lied_at + UNDER_WAY_SECONDS:
            self._may_have_gone(room, client_id, edit)

    def tail_is_lost(self) -> None:
        """The disk lied: messages are sent again by their authors; an edit that nobody keeps may have gone."""
        self.tail_may_be_lost = True
        self._lied_at = time.monotonic()
        # A copy is made in one go; a list of the items is not, and the people's threads add to them meanwhile.
        for (room, client_id), edit in self.edits.copy().items():
            if edit.at > self._lied_at - ARCHIVED_WITHIN_SECONDS:
                self._may_have_gone(room, client_id, edit)

    def _may_have_gone(self, room: int, client_id: str, edit: Edited) -> None:
        edit.perhaps |= {edit.text, self.entries[room, client_id].text, *edit.earlier}

    def judge(self, room: int, history: list[Row], views: Mapping[str, RoomView]) -> Verdict:
        """Return what is wrong with a room's final history, and with what each client sees of it."""
        verdict = Verdict()
        self._judge_history(verdict, room, history)
        whole = {row.seq: row.fingerprint for row in history}
        for name, view in views.items():
            _judge_view(verdict, name, view, whole)
        return verdict

    def _judge_history(self, verdict: Verdict, room: int, history: list[Row]) -> None:
        mine = {client_id: entry for (where, client_id), entry in self.entries.items() if where == room}
        found = Counter(row.client_id for row in history)
        by_id = {row.client_id: row for row in history}
        verdict.doubled += [f"{c} is in {room} as {_places(c, history)}" for c, count in found.items() if count > 1]
        verdict.lost += [
            f"{client_id} of {room}" for client_id, e in mine.items() if e.seq is not None and client_id not in found
        ]
        verdict.false_acks += self.moved
        verdict.false_acks += [
            f"{client_id} was acknowledged as {entry.seq} and is {by_id[client_id].seq}"
            for client_id, entry in mine.items()
            if entry.seq is not None and client_id in by_id and by_id[client_id].seq != entry.seq
        ]
        for before, after in pairwise(history):
            if after.seq <= before.seq:
                verdict.reordered.append(f"in {room} {after.seq} follows {before.seq}")
        verdict.reordered += _out_of_turn(mine, history)
        verdict.amiss += self._misread(room, by_id)

    def _misread(self, room: int, by_id: Mapping[str, Row]) -> Iterable[str]:
        """Messages that read otherwise than they should, also because a change that was meant for another met them."""
        for (where, client_id), entry in self.entries.items():
            if where != room or client_id not in by_id:
                continue
            edit = self.edits.get((room, client_id)) or Edited(entry.text, 0.0)
            if by_id[client_id].text not in (edit.text, *edit.perhaps):
                yield f"{client_id} should read {edit.text!r}, and reads {by_id[client_id].text!r}"


def _places(client_id: str, history: list[Row]) -> str:
    return " and ".join(f"{row.seq} of {row.epoch}" for row in history if row.client_id == client_id)


def _judge_view(verdict: Verdict, name: str, view: RoomView, whole: Mapping[int, Fingerprint]) -> None:
    verdict.amiss += [f"{name}: {anomaly}" for anomaly in view.anomalies]
    seen = {row.seq: row.fingerprint for row in view.rows}
    if len(seen) != len(view.rows):
        verdict.doubled.append(f"{name} sees a number of {view.id} twice")
    if [row.seq for row in view.rows] != sorted(seen):
        verdict.reordered.append(f"{name} sees {view.id} out of order")
    oldest = min(seen, default=0)
    missing = [seq for seq in whole if seq >= oldest and seq not in seen]
    if missing:
        verdict.lost.append(f"{name} does not see {missing[:5]} ... of {view.id}, {len(missing)} in all")
    verdict.amiss += [f"{name} sees {seen[seq]}, it is {whole.get(seq)}" for seq in seen if seen[seq] != whole.get(seq)][:5]


def _out_of_turn(mine: Mapping[str, Entry], history: list[Row]) -> Iterable[str]:
    last: dict[int, int] = {}
    for row in history:
        entry = mine.get(row.client_id)
        if entry is None or entry.restored:
            continue
        if entry.number < last.get(entry.author, -1):
            yield f"{entry.author} wrote {row.client_id} before what stands above it in {entry.room}"
        last[entry.author] = entry.number
