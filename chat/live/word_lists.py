"""The rooms' word lists: as Redis holds them, and as this process last heard of them."""

from collections import OrderedDict

from chat.domain.types import RoomId
from chat.domain.word_filter import Judgement, list_id, word_list

MOST_KNOWN = 10_000


def list_fields(rules: bytes) -> dict[str, str | bytes]:
    """Return a room's fields for these rules, as JSON."""
    return {"rules_id": list_id(rules), "rules": rules}


class KnownLists:
    """No more than a memory: each script that takes a text says when the room's list is another one."""

    def __init__(self) -> None:
        self._rules: OrderedDict[RoomId, bytes] = OrderedDict()

    def judge(self, room_id: RoomId, text: str) -> Judgement:
        """Judge a text by the list that is known."""
        rules = self._rules.get(room_id)
        if rules is None:
            return Judgement()
        verdict = word_list(rules).judge(text)
        return Judgement(list_id(rules), verdict.effect, verdict.pattern) if verdict else Judgement(list_id(rules))

    def learn(self, room_id: RoomId, rules: bytes) -> None:
        """Take a list in place of the one that was known."""
        self._rules.pop(room_id, None)
        if rules:
            self._rules[room_id] = rules
            if len(self._rules) > MOST_KNOWN:
                self._rules.popitem(last=False)
