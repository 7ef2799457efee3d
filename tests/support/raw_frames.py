"""WebSocket frames as a client sends them, with whatever is wrong in them: wsproto sends none that violates the protocol."""

from zlib import crc32

TEXT, BINARY = 1, 2
FINAL = 0x80


def masked(payload: bytes | str, opcode: int = TEXT, *, final: bool = True, first: int | None = None) -> bytes:
    """Return a frame as a client sends it; `first` sets its whole first byte."""
    content = payload.encode() if isinstance(payload, str) else payload
    # Deterministic: frames are part of test names, and pytest's workers must agree on those.
    mask = crc32(content).to_bytes(4, "big")
    key = (mask * (len(content) // 4 + 1))[: len(content)]
    hidden = (int.from_bytes(content, "big") ^ int.from_bytes(key, "big")).to_bytes(len(content), "big")
    return header(len(content), opcode, final=final, first=first) + mask + hidden


def header(length: int, opcode: int = TEXT, *, final: bool = True, first: int | None = None) -> bytes:
    """Return the beginning of a client's frame up to the mask."""
    start = bytes((first if first is not None else opcode | (FINAL if final else 0),))
    if length <= 125:
        return start + bytes((0x80 | length,))
    if length <= 0xFFFF:
        return start + b"\xfe" + length.to_bytes(2, "big")
    return start + b"\xff" + length.to_bytes(8, "big")
