"""One person's view of a room, kept by the rules of docs/protocol/events.md; every deviation is written down."""

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Outcome = Literal["added", "repeat", "gap"]
Facts = dict[str, Any]


class Fingerprint(NamedTuple):
    """A row as a person tells it from others."""

    seq: int
    epoch: str
    author: int
    client_id: str
    text: str | None
    reactions: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Row:
    """A message with what was amended; `text` is None while it is deleted."""

    seq: int
    epoch: str
    author: int
    client_id: str
    sent: str | None
    text: str | None
    reactions: tuple[tuple[str, int], ...] = ()

    @property
    def fingerprint(self) -> Fingerprint:
        return Fingerprint(self.seq, self.epoch, self.author, self.client_id, self.text, self.reactions)

    def amend(self, amendment: Facts) -> None:
        """Take a message's amendments as they now stand."""
        edited = amendment.get("text", self.sent)
        self.text = None if amendment.get("deleted") else edited
        self.reactions = _reactions(amendment)


def row_of(message: Facts) -> Row:
    """Return the row of a message as `message`, `sync` and `history` give it."""
    text = None if message.get("deleted") else message["text"]
    who = message["author"]["id"]
    return Row(message["seq"], message["epoch"], who, message["client_id"], text, text, _reactions(message))


@dataclass
class RoomView:
    """One room of one client."""

    id: int
    epoch: str = ""
    seq: int = 0
    rev: int = 0
    rows: list[Row] = field(default_factory=list)
    anomalies: list[str] = field(default_factory=list)
    resets: int = 0
    _shown: set[tuple[int, str]] = field(default_factory=set)

    @property
    def position(self) -> Facts:
        return {"epoch": self.epoch, "seq": self.seq, "rev": self.rev}

    def receive(self, message: Facts) -> Outcome:
        """Take a live message: the next is shown, an old one dropped, anything else is a gap."""
        if message["epoch"] != self.epoch or message["seq"] > self.seq + 1:
            return "gap"
        if message["seq"] <= self.seq:
            return "repeat"
        self._show(row_of(message))
        self.seq = message["seq"]
        return "added"

    def amend(self, amendment: Facts) -> Outcome:
        """Take a live amendment, by the same rule on `rev`."""
        if amendment["rev"] > self.rev + 1:
            return "gap"
        if amendment["rev"] <= self.rev:
            return "repeat"
        self.rev = amendment["rev"]
        self._amend(amendment)
        return "added"

    def behind(self, head: Facts) -> bool:
        """Whether a `head` tells of something that has not come here."""
        return head["epoch"] != self.epoch or head["seq"] > self.seq or head["rev"] > self.rev

    def catch_up(self, state: Facts) -> None:
        """Take a room's part of the answer to `sync`."""
        messages = [row_of(message) for message in state["messages"]]
        if state["catch_up"] == "complete":
            messages = [row for row in messages if row.seq > self.seq]
        else:
            self.resets += 1
            self.rows.clear()
            self._shown.clear()
        for row in messages:
            self._show(row)
        self.epoch, self.seq, self.rev = state["epoch"], state["seq"], state["rev"]
        for amendment in state["amendments"]:
            self._amend(amendment)
        if self.rows and self.rows[-1].seq != self.seq:
            self.anomalies.append(f"after {state['catch_up']} the last row is {self.rows[-1].seq}, the room's head {self.seq}")

    def prepend(self, page: list[Facts]) -> None:
        """Put a page of history above what is here."""
        oldest = self.rows[0].seq if self.rows else self.seq + 1
        older = [row_of(message) for message in page]
        if older and older[-1].seq != oldest - 1:
            self.anomalies.append(f"a page that should end before {oldest} ends at {older[-1].seq}")
        for row in older:
            self._note_repeat(row)
        self.rows[:0] = older

    def _show(self, row: Row) -> None:
        if self.rows and row.seq != self.rows[-1].seq + 1:
            self.anomalies.append(f"{row.seq} was shown after {self.rows[-1].seq}")
        self._note_repeat(row)
        self.rows.append(row)

    def _note_repeat(self, row: Row) -> None:
        if (row.author, row.client_id) in self._shown:
            self.anomalies.append(f"{row.client_id} of {row.author} is there twice")
        self._shown.add((row.author, row.client_id))

    def _amend(self, amendment: Facts) -> None:
        at = amendment["seq"] - self.rows[0].seq if self.rows else -1
        if 0 <= at < len(self.rows):
            self.rows[at].amend(amendment)


def _reactions(facts: Facts) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((one["emoji"], one["count"]) for one in facts.get("reactions", []) if one["count"]))
