"""Who may write in a room, and who may change what was written, by the room's state. The cases: tests/rules/writers.json.

Decided here once and projected; Lua and the page read the answer and never the state.
"""

from typing import Any, Literal, NamedTuple

from msgspec.structs import asdict

from chat.domain.types import Role, RoomFacts, State

Circle = Literal["everyone", "moderators", "nobody"]


class RoomRules(NamedTuple):
    """`writers` send messages; `editors` edit, delete and restore their own, and react."""

    writers: Circle
    editors: Circle


_RULES: dict[State, RoomRules] = {
    "open": RoomRules(writers="everyone", editors="everyone"),
    "announcement": RoomRules(writers="moderators", editors="everyone"),
    "locked": RoomRules(writers="moderators", editors="moderators"),
    "archived": RoomRules(writers="nobody", editors="nobody"),
}


def rules_of(state: State) -> RoomRules:
    """Return the rules of a room in this state."""
    return _RULES[state]


def wire_facts(facts: RoomFacts) -> dict[str, Any]:
    """Return a room's facts as pages, events and scripts get them: with the rules that follow from its state."""
    return asdict(facts) | rules_of(facts.state)._asdict()


def includes(circle: Circle, role: Role | None) -> bool:
    """Return whether a person with this role in the room (None: not a member) belongs to the circle."""
    if role is None or circle == "nobody":
        return False
    return circle == "everyone" or role != "member"
