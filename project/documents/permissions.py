"""The table of chat/domain/policy.py for people to read."""

from chat.domain.policy import PERMISSIONS, TABLE, Act, Needed, Rank

HEAD = "| | public rooms | private rooms | direct rooms | staff's permission |\n|---|---|---|---|---|\n"


def permissions_block(_argument: str, _body: str) -> str:
    """Return the table: for each act the lowest rank in rooms of each kind, and the permission of staff."""
    return HEAD + "".join(f"| {_line(act, TABLE[act])} |\n" for act in Act)


def _line(act: Act, needed: Needed) -> str:
    permission = f"`{PERMISSIONS[act]}`" if act in PERMISSIONS else "-"
    return " | ".join([act.value, *map(_in_words, needed), permission])


def _in_words(rank: Rank | None) -> str:
    if rank is None:
        return "nobody"
    return "everybody" if rank is Rank.OUTSIDER else rank.name.lower().replace("_", " ")
