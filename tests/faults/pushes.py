"""Finds what Redis publishes in a stream of answers (RESP2), and lets a test eat some of it."""

from collections.abc import Callable

Eats = Callable[[bytes, bytes], bool]


class PushFilter:
    """`eats(channel, payload)` says which messages do not arrive; `eaten` is what was kept back."""

    def __init__(self) -> None:
        self.eats: Eats | None = None
        self.eaten: list[bytes] = []

    def connection(self) -> "PushStream":
        return PushStream(self)

    def take(self, channel: bytes, payload: bytes) -> bool:
        """Whether a message is to be kept back."""
        if self.eats is None or not self.eats(channel, payload):
            return False
        self.eaten.append(payload)
        return True


class PushStream:
    """One connection. Only one that subscribes is looked into; the others are carried as they are."""

    def __init__(self, owner: PushFilter) -> None:
        self._owner = owner
        self._subscribes = False
        self._held = b""

    def asked(self, data: bytes) -> bytes:
        """Take what goes to Redis; return what is to be carried on."""
        self._subscribes = self._subscribes or b"\r\nSUBSCRIBE\r\n" in data
        return data

    def answered(self, data: bytes) -> bytes:
        """Take what comes from Redis; return what is to be carried on."""
        if not self._subscribes:
            return data
        self._held += data
        carried = []
        while (end := _end_of_answer(self._held)) is not None:
            answer, self._held = self._held[:end], self._held[end:]
            if not self._is_eaten(answer):
                carried.append(answer)
        return b"".join(carried)

    def _is_eaten(self, answer: bytes) -> bool:
        if not answer.startswith(b"*3\r\n$7\r\nmessage\r\n"):
            return False
        _, channel, payload = _items(answer)
        return self._owner.take(channel, payload)


def _end_of_answer(data: bytes, start: int = 0) -> int | None:
    """Return where the answer that begins at `start` ends, None while it is not all there."""
    line_end = data.find(b"\r\n", start)
    if line_end < 0:
        return None
    kind, after = data[start : start + 1], line_end + 2
    if kind not in (b"$", b"*"):
        return after
    size = int(data[start + 1 : line_end])
    if kind == b"$":
        end = after + size + 2 if size >= 0 else after
        return end if end <= len(data) else None
    position: int | None = after
    for _ in range(size):
        assert position is not None
        position = _end_of_answer(data, position)
        if position is None:
            return None
    return position


def _items(answer: bytes) -> list[bytes]:
    """Return the strings of an array."""
    items, position = [], answer.index(b"\r\n") + 2
    while position < len(answer):
        end = _end_of_answer(answer, position)
        assert end is not None
        items.append(answer[answer.index(b"\r\n", position) + 2 : end - 2])
        position = end
    return items
