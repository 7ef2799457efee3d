"""Streams of client frames: mostly right, and wrong in every way that the protocol knows."""

from random import Random

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
_LENGTHS = (0, 1, 2, 5, 20, 100, 124, 125, 126, 127, 300)
_LONG = (1_000, 65_535, 65_536, 70_000)
_LETTERS = ("a", "é", "€", "😀", "\x00", "\x7f", "\u07ff", "\u0800", "\uffff", "\U00010000", "\U0010ffff", '"', "[")
_NOT_UTF8 = (b"\xff", b"\xc0\x80", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xf0\x9f")


def frame_stream(random: Random) -> bytes:
    """Return a few messages, whole or in fragments, with control frames in between."""
    return b"".join(_message(random) for _ in range(random.randint(1, 6)))


def client_frame(random: Random, opcode: int, payload: bytes, *, final: bool = True) -> bytes:
    """Return a masked frame, the same one for the same state of chance."""
    length, mask = len(payload), random.randbytes(4)
    size, mark = (0, length) if length < 126 else (2, 126) if length < 1 << 16 else (8, 127)
    extended = length.to_bytes(size, "big") if size else b""
    hidden = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
    return bytes((opcode | (0x80 if final else 0), 0x80 | mark)) + extended + mask + hidden


def _message(random: Random) -> bytes:
    opcode = random.choice((TEXT, TEXT, TEXT, BINARY, CLOSE, PING, PONG, random.randrange(16)))
    payload = _payload(random, opcode)
    if opcode in (TEXT, BINARY) and random.random() < 0.4:
        return _fragmented(random, opcode, payload)
    if random.random() < 0.15:
        return _oddly_written(random, opcode, payload)
    return client_frame(random, opcode, payload, final=random.random() > 0.03)


def _payload(random: Random, opcode: int) -> bytes:
    length = random.choice(_LENGTHS if opcode >= CLOSE or random.random() < 0.95 else _LONG)
    if opcode == CLOSE:
        return random.choice((0, 999, 1000, 1005, 3000, 65535)).to_bytes(2, "big")[: random.randint(0, 2)] + bytes(length % 100)
    if opcode != TEXT:
        return random.randbytes(length)
    text = "".join(random.choice(_LETTERS) for _ in range(length)).encode() if length < 1_000 else b"x" * length
    if random.random() < 0.1:
        place = random.randint(0, len(text))
        text = text[:place] + random.choice(_NOT_UTF8) + text[place:]
    return text


def _fragmented(random: Random, opcode: int, payload: bytes) -> bytes:
    stream = b""
    pieces = random.randint(1, 5)
    for number in range(pieces):
        size = len(payload) if number == pieces - 1 else random.randint(0, len(payload))
        piece, payload = payload[:size], payload[size:]
        stream += client_frame(random, CONTINUATION if number else opcode, piece, final=number == pieces - 1)
        if random.random() < 0.2:
            stream += client_frame(random, random.choice((PING, PING, PONG, TEXT)), b"between")
    return stream


def _oddly_written(random: Random, opcode: int, payload: bytes) -> bytes:
    """A frame whose length takes more bytes than it must, has no mask, or has reserved bits."""
    first = 0x80 | opcode | random.choice((0, 0, 0, 0, 0x10, 0x40))
    masked = random.choice((0x80, 0x80, 0x80, 0))
    size, mark = random.choice(((0, min(len(payload), 125)), (2, 126), (8, 127)))
    length = random.choice((len(payload), len(payload), 0, 125, 65_535, 1 << 40, 1 << 63, (1 << 64) - 1))
    extended = (length % (1 << 8 * size)).to_bytes(size, "big") if size else b""
    return bytes((first, masked | mark)) + extended + (bytes(4) if masked else b"") + payload
