"""WebSocket frames as a client makes and reads them: small, and strict about what a server may never send."""

import os
import struct

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_OPCODES = {TEXT, CLOSE, PING, PONG}


class Corrupt(Exception):
    """The bytes are not what a server may send: a frame was torn, or two were mixed."""


class FrameReader:
    """Takes bytes as they come and gives whole frames."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """Return the frames that are complete now; raises Corrupt."""
        self._bytes += data
        frames = []
        while (found := self._next()) is not None:
            frames.append(found)
        return frames

    def _next(self) -> tuple[int, bytes] | None:
        held = self._bytes
        if len(held) < 2:
            return None
        # Whole text, not masked, no extension: nothing else is sent by a server of ours.
        if held[0] & 0x70 or not held[0] & 0x80 or held[0] & 0x0F not in _OPCODES or held[1] & 0x80:
            raise Corrupt(f"a frame cannot begin with {bytes(held[:12])!r}")
        start, length = self._extent()
        if len(held) < start + length:
            return None
        opcode, payload = held[0] & 0x0F, bytes(held[start : start + length])
        del held[: start + length]
        return opcode, payload

    def _extent(self) -> tuple[int, int]:
        short = self._bytes[1]
        if short < 126:
            return 2, short
        size, code = (2, "!H") if short == 126 else (8, "!Q")
        head = self._bytes[2 : 2 + size]
        return 2 + size, struct.unpack(code, head)[0] if len(head) == size else 1 << 62


def frame(opcode: int, payload: bytes, *, final: bool = True) -> bytes:
    """Return a masked frame."""
    length, first = len(payload), opcode | (0x80 if final else 0)
    if length < 126:
        head = struct.pack("!BB", first, 0x80 | length)
    elif length < 1 << 16:
        head = struct.pack("!BBH", first, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, length)
    mask = os.urandom(4)
    stream = (mask * (length // 4 + 1))[:length]
    return head + mask + (int.from_bytes(payload, "big") ^ int.from_bytes(stream, "big")).to_bytes(length, "big")
