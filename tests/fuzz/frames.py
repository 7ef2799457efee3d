"""The frame parser against the plain reading of the same bytes, however they are cut; and that against wsproto's."""

from collections.abc import Iterable
from contextlib import suppress
from random import Random

from gevent_socketio.websocket.frames import ProtocolError, decode_close
from gevent_socketio.websocket.parser import FrameParser
from tests.fuzz.frame_streams import CLOSE, frame_stream
from tests.fuzz.model import Reading, read_stream
from tests.fuzz.mutation import cut, damaged
from tests.fuzz.second_opinion import NO_LIMIT, agree, read_by_wsproto

_LIMITS = (0, 20, 125, 126, 1_000, 65_535, *(4 * [128 * 1024]))
# A frame's header has at most 14 bytes: more than that and its payload is never waited for.
_HEADER = 14


def check_frames(random: Random) -> None:
    """Try one stream."""
    limit, binary = random.choice(_LIMITS), random.random() < 0.7
    stream = damaged(random, frame_stream(random))
    expected = read_stream(stream, limit, binary)
    for pieces in ([stream], cut(random, stream), cut(random, stream)):
        assert read_pieces(pieces, limit, binary) == expected, stream.hex()
    assert agree(read_stream(stream, NO_LIMIT, binary=True), read_by_wsproto(stream)), stream.hex()
    for opcode, payload in expected.messages:
        if opcode == CLOSE:
            assert isinstance(payload, bytes)
            _check_close(payload)


def read_pieces(pieces: Iterable[bytes], limit: int, binary: bool = True) -> Reading:
    """Feed a parser piece by piece."""
    parser = FrameParser(limit, binary)
    messages = []
    try:
        for piece in pieces:
            parser.feed(piece)
            while (message := parser.next_message()) is not None:
                messages.append(message)
            assert 0 < parser.missing <= max(limit, 125) + _HEADER
    except ProtocolError as error:
        return Reading(messages, error.code)
    return Reading(messages, None)


def _check_close(payload: bytes) -> None:
    with suppress(ProtocolError):
        code, reason = decode_close(payload)
        assert (code == 1005) is (payload == b"")
        assert payload in (b"", code.to_bytes(2, "big") + reason.encode())
