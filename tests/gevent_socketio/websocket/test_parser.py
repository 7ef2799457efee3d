"""Frames are parsed whole from any pieces, and violations are refused with their close code."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gevent_socketio.websocket.frames import (
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    ProtocolError,
    decode_close,
    encode_close,
    encode_frame,
)
from gevent_socketio.websocket.parser import FrameParser
from tests.support.raw_frames import header, masked

LIMIT = 70_000

texts = st.text(st.characters(codec="utf-8"), max_size=200) | st.sampled_from(["", "€" * 42, "x" * 126, "x" * 65_536])
payloads = st.tuples(st.just(TEXT), texts) | st.tuples(st.just(BINARY), st.binary(max_size=300))
controls = st.tuples(st.sampled_from([CLOSE, PING, PONG]), st.binary(max_size=125))
cuts = st.lists(st.integers(1, 2_000), max_size=20)


def read(stream: bytes, cuts: list[int] = [], limit: int = LIMIT, binary: bool = True) -> tuple[list, int | None]:  # noqa: B006
    """Parse a stream in pieces of these sizes and a rest; return the messages, and the close code if it was refused."""
    parser = FrameParser(limit, binary)
    messages = []
    try:
        for size in [*cuts, len(stream) or 1]:
            parser.feed(stream[:size])
            stream = stream[size:]
            while (message := parser.next_message()) is not None:
                messages.append(message)
    except ProtocolError as error:
        return messages, error.code
    return messages, None


@given(st.lists(payloads | controls, max_size=6), cuts)
def test_messages_are_parsed_as_they_were_sent(sent: list, cuts: list[int]) -> None:
    stream = b"".join(masked(payload, opcode) for opcode, payload in sent)
    assert read(stream, cuts) == (sent, None)


@given(payloads, st.lists(st.integers(0, 50), max_size=5), st.lists(controls, max_size=5), cuts)
def test_fragments_become_one_message_with_pings_in_between(
    sent: tuple, ends: list[int], between: list, cuts: list[int]
) -> None:
    opcode, payload = sent
    rest = payload.encode() if isinstance(payload, str) else payload
    stream = b""
    for number, end in enumerate(ends):
        stream += masked(rest[:end], CONTINUATION if number else opcode, final=False)
        stream += b"".join(masked(content, kind) for kind, content in between[number : number + 1])
        rest = rest[end:]
    stream += masked(rest, CONTINUATION if ends else opcode)
    assert read(stream, cuts) == ([*between[: len(ends)], sent], None)


@given(st.binary(max_size=300), cuts, st.sampled_from([0, 10, 125, LIMIT]), st.booleans())
@example(b"\x81\xfe", [1], LIMIT, True)
def test_any_stream_is_parsed_the_same_in_any_pieces(stream: bytes, cuts: list[int], limit: int, binary: bool) -> None:
    assert (
        read(stream, cuts, limit, binary) == read(stream, [1] * len(stream), limit, binary) == read(stream, [], limit, binary)
    )


@pytest.mark.parametrize("payload", [b"\xff", b"\xc3(", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"half \xe2\x82"])
@pytest.mark.parametrize("behind", [b"", masked("never")], ids=["alone", "with more behind it"])
def test_a_text_that_is_not_utf_8_is_refused(payload: bytes, behind: bytes) -> None:
    assert read(masked("first") + masked(payload) + behind) == ([(TEXT, "first")], 1007)


def test_a_fragment_that_is_not_utf_8_is_refused_before_the_message_ends() -> None:
    assert read(masked(b"fine \xe2\x82", final=False) + masked(b"\xac, not fine \xff", CONTINUATION, final=False)) == ([], 1007)


@pytest.mark.parametrize(
    "stream",
    [
        b"\x81\x02hi",
        masked("x", first=0xC1),
        masked("x", first=0xA1),
        masked("x", first=0x91),
        *(masked("x", opcode) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
        masked("x", PING, final=False),
        masked("x" * 126, PING),
        masked("x", CONTINUATION),
        masked("x", final=False) + masked("y"),
        b"\x81\xfe\x00\x7d",
        b"\x81\xff" + (65_535).to_bytes(8, "big"),
        b"\x81\xff" + (1 << 63).to_bytes(8, "big"),
    ],
    ids=lambda stream: stream[:2].hex(),  # without the mask
)
def test_invalid_frames_are_refused(stream: bytes) -> None:
    assert read(stream) == ([], 1002)


def test_a_frame_over_the_limit_is_refused_at_its_header() -> None:
    assert read(header(LIMIT + 1)) == ([], 1009)
    assert read(masked("x" * LIMIT, final=False) + header(1, CONTINUATION, final=False)) == ([], 1009)
    assert read(masked("x" * LIMIT)) == ([(TEXT, "x" * LIMIT)], None)


def test_a_text_only_parser_refuses_a_binary_frame_at_its_first_byte() -> None:
    assert read(header(5, BINARY)[:2], binary=False) == ([], 1003)


def test_bytes_that_arrive_one_by_one_cost_little() -> None:
    stream = masked("", final=False) + masked("x", CONTINUATION, final=False) * 20_000 + masked("x" * 45_000, CONTINUATION)
    parser = FrameParser(LIMIT)
    began = time.thread_time()
    messages = []
    for byte in stream:
        parser.feed(bytes((byte,)))
        messages.append(parser.next_message())
    assert time.thread_time() - began < 3  # parsing again for each byte would take minutes
    assert [len(message[1]) for message in messages if message is not None] == [65_000]


@given(st.sampled_from([1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999]), st.text(st.characters(codec="utf-8")))
def test_a_close_frame_round_trips_with_as_much_of_its_reason_as_fits(code: int, reason: str) -> None:
    told, why = decode_close(encode_close(code, reason)[2:])
    assert told == code
    assert reason.startswith(why)
    assert len(why) == len(reason) or len(encode_close(code, reason)) > 120


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535])
def test_reserved_close_codes_are_not_sent(code: int) -> None:
    with pytest.raises(ProtocolError):
        decode_close(code.to_bytes(2, "big"))


@given(st.binary(max_size=70_000) | st.sampled_from([b"x" * size for size in (125, 126, 65_535, 65_536)]))
def test_a_server_frame_has_the_shortest_length(payload: bytes) -> None:
    frame = encode_frame(payload)
    size = {126: 2, 127: 8}.get(frame[1], 0)
    assert frame[0] == 0x81
    assert frame[2 + size :] == payload
    assert len(payload) == (int.from_bytes(frame[2 : 2 + size], "big") if size else frame[1])
