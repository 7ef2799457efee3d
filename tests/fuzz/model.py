"""What a stream of WebSocket frames means to a server, read the slow and plain way: what the parser is compared with."""

from typing import NamedTuple

PROTOCOL, UNSUPPORTED, NOT_TEXT, TOO_BIG = 1002, 1003, 1007, 1009
TEXT, BINARY, CLOSE, PONG = 1, 2, 8, 10


class Reading(NamedTuple):
    """The whole messages and control frames of a stream, and the code with which it must be refused, if it must."""

    messages: list[tuple[int, str | bytes]]
    refusal: int | None


class Refused(Exception):
    """The stream breaks a rule."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class _Incomplete(Exception):
    """The rest has not come."""


def read_stream(stream: bytes, limit: int, binary: bool) -> Reading:
    """Read it from the first byte to the last."""
    reader = _Reader(stream, limit, binary)
    try:
        while True:
            reader.read_frame()
    except _Incomplete:
        return Reading(reader.messages, None)
    except Refused as refusal:
        return Reading(reader.messages, refusal.code)


class _Reader:
    def __init__(self, stream: bytes, limit: int, binary: bool) -> None:
        self.messages: list[tuple[int, str | bytes]] = []
        # A position and no shrinking rest: a stream of a million tiny frames is read in one go, not copied a million times.
        self._stream, self._position = stream, 0
        self._limit = limit
        self._binary = binary
        self._open: int | None = None  # the opcode of a message whose last fragment has not come
        self._fragments = b""

    def read_frame(self) -> None:
        first, second = self._take(2)
        final, opcode, length = bool(first & 0x80), first & 0x0F, second & 0x7F
        self._check_start(first, second)
        if length > 125:
            length = self._read_long(2 if length == 126 else 8)
        if opcode < CLOSE and len(self._fragments) + length > self._limit:
            raise Refused(TOO_BIG)
        mask = self._take(4)
        payload = bytes(byte ^ mask[index % 4] for index, byte in enumerate(self._take(length)))
        if opcode >= CLOSE:
            self.messages.append((opcode, payload))
        else:
            self._join(opcode, payload, final)

    def _check_start(self, first: int, second: int) -> None:
        final, opcode = bool(first & 0x80), first & 0x0F
        if first & 0x70 or not second & 0x80:
            raise Refused(PROTOCOL)
        if opcode >= CLOSE:
            if opcode > PONG or not final or second & 0x7F > 125:
                raise Refused(PROTOCOL)
        elif opcode > BINARY or (opcode == 0) != (self._open is not None):
            raise Refused(PROTOCOL)
        elif opcode == BINARY and not self._binary:
            raise Refused(UNSUPPORTED)

    def _read_long(self, size: int) -> int:
        length = int.from_bytes(self._take(size), "big")
        if length < (126 if size == 2 else 1 << 16) or length >= 1 << 63:
            raise Refused(PROTOCOL)
        return length

    def _join(self, opcode: int, payload: bytes, final: bool) -> None:
        if self._open is None:
            self._open = opcode
        self._fragments += payload
        if self._open == TEXT and not _may_become_text(self._fragments, final):
            raise Refused(NOT_TEXT)
        if final:
            whole = self._fragments
            self.messages.append((self._open, whole.decode() if self._open == TEXT else whole))
            self._open, self._fragments = None, b""

    def _take(self, size: int) -> bytes:
        end = self._position + size
        if len(self._stream) < end:
            raise _Incomplete
        taken, self._position = self._stream[self._position : end], end
        return taken


def _may_become_text(beginning: bytes, final: bool) -> bool:
    """Whether it is UTF-8, or, if more may follow, could be its beginning."""
    try:
        beginning.decode()
    except UnicodeDecodeError as error:
        rest = beginning[error.start :]
        # Of half a surrogate pair Python's incremental decoder waits for the third byte, too, before it refuses it.
        is_open = error.reason == "unexpected end of data" or (len(rest) == 2 and rest[0] == 0xED and rest[1] >> 6 == 0b10)
        return not final and is_open
    return True
