"""Parses WebSocket frames (RFC 6455, section 5) as a server."""

from codecs import IncrementalDecoder, getincrementaldecoder
from typing import Any

from gevent_socketio.websocket.frames import (
    BINARY,
    CLOSE,
    CONTINUATION,
    FINAL,
    LARGE,
    MASKED,
    MEDIUM,
    NOT_TEXT,
    OPCODE,
    PONG,
    PROTOCOL,
    RESERVED,
    SMALL,
    TEXT,
    TOO_BIG,
    UNSUPPORTED,
    ProtocolError,
)

# Opcode and payload of a whole message or a control frame: str for TEXT, else bytes.
Message = tuple[int, Any]

_FINAL_TEXT = FINAL | TEXT
_MASK_BYTES = 4
_Utf8Decoder = getincrementaldecoder("utf-8")


class FrameParser:
    """Takes bytes by `feed`, in any pieces, and returns messages by `next_message`. Not usable after it raised."""

    __slots__ = ("_binary", "_buffer", "_decoder", "_fragments", "_limit", "_needed", "_position", "_small")

    def __init__(self, message_bytes: int, binary: bool = True) -> None:
        self._limit = message_bytes
        self._small = min(SMALL, message_bytes)
        self._binary = binary
        self._buffer: bytes | bytearray = b""
        self._position = 0
        # Nothing is parsed before the buffer holds this much, so that bytes that arrive one by one cost no work.
        self._needed = 2
        self._fragments: bytearray | None = None  # not a list: empty fragments would cost 50 times their size
        self._decoder: IncrementalDecoder | None = None

    @property
    def missing(self) -> int:
        """How many more bytes are needed, at least, before there can be a message."""
        return self._needed - len(self._buffer)

    def feed(self, chunk: bytes) -> None:
        """Add what was read."""
        if self._buffer:
            if isinstance(self._buffer, bytes):
                self._buffer = bytearray(self._buffer)
            self._buffer += chunk
        else:
            self._buffer = chunk

    def next_message(self) -> Message | None:
        """Return the next message or control frame if it is complete; raises ProtocolError."""
        while (frame := self._next_frame()) is not None:
            first, payload = frame
            if first == _FINAL_TEXT:
                return TEXT, _text(payload)
            if first & CLOSE or first == FINAL | BINARY:
                return first & OPCODE, payload
            if (message := self._join(first, payload)) is not None:
                return message
        return None

    def _next_frame(self) -> tuple[int, bytes] | None:
        buffer, start = self._buffer, self._position
        if len(buffer) - start < self._needed:
            self._wait(self._needed)
            return None
        first, length, header = buffer[start], buffer[start + 1] ^ MASKED, 2
        if first != _FINAL_TEXT or length > self._small or self._fragments is not None:
            self._check(first, length)
            header += {MEDIUM: 2, LARGE: 8}.get(length, 0)
            if len(buffer) - start < header:
                self._wait(header)
                return None
            length = self._checked_length(first, length, buffer[start + 2 : start + header])
        begin = start + header + _MASK_BYTES
        end = begin + length
        if len(buffer) < end:
            self._wait(end - start)
            return None
        self._position, self._needed = end, 2
        return first, _unmask(buffer[begin:end], buffer[begin - _MASK_BYTES : begin])

    def _wait(self, needed: int) -> None:
        """Wait for this many bytes, and drop what was parsed from the buffer."""
        self._needed = needed
        if self._position:
            self._buffer = self._buffer[self._position :]
            self._position = 0

    def _check(self, first: int, length: int) -> None:
        opcode = first & OPCODE
        if first & RESERVED:
            raise ProtocolError(PROTOCOL, "reserved bits without an extension")
        if length > LARGE:
            raise ProtocolError(PROTOCOL, "not masked")
        if opcode & CLOSE:
            if opcode > PONG or length > SMALL or not first & FINAL:
                raise ProtocolError(PROTOCOL, "invalid control frame")
        elif opcode > BINARY or (opcode == CONTINUATION) is (self._fragments is None):
            raise ProtocolError(PROTOCOL, "unexpected frame")
        elif opcode == BINARY and not self._binary:
            raise ProtocolError(UNSUPPORTED, "text only")

    def _checked_length(self, first: int, length: int, extended: bytes | bytearray) -> int:
        if extended:
            mark, length = length, int.from_bytes(extended, "big")
            if length <= (SMALL if mark == MEDIUM else 0xFFFF) or length >> 63:
                raise ProtocolError(PROTOCOL, "the length is not minimal")
        # Refused at its header: a frame that announces 200 MB is not waited for.
        if not first & CLOSE and len(self._fragments or b"") + length > self._limit:
            raise ProtocolError(TOO_BIG, f"more than {self._limit} bytes")
        return length

    def _join(self, first: int, payload: bytes) -> Message | None:
        if self._fragments is None:
            self._fragments = bytearray()
            self._decoder = _Utf8Decoder() if first & OPCODE == TEXT else None
        self._fragments += payload
        if self._decoder is not None:
            _text(payload, self._decoder, bool(first & FINAL))  # refuse an invalid fragment now, not at the end of the message
        if not first & FINAL:
            return None
        whole, is_text = self._fragments, self._decoder is not None
        self._fragments = self._decoder = None
        return (TEXT, whole.decode()) if is_text else (BINARY, bytes(whole))


def _unmask(payload: bytes | bytearray, mask: bytes | bytearray) -> bytes:
    # One XOR of two long integers: the fastest way in plain Python, measured up to 100 kB.
    length = len(payload)
    key = (mask * ((length >> 2) + 1))[:length]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(key, "little")).to_bytes(length, "little")


def _text(payload: bytes, decoder: IncrementalDecoder | None = None, final: bool = True) -> str:
    try:
        return payload.decode() if decoder is None else decoder.decode(payload, final)
    except UnicodeDecodeError:
        raise ProtocolError(NOT_TEXT, "not UTF-8") from None
