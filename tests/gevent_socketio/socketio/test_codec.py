"""Packets round-trip, and no text of a client raises anything but InvalidPacket."""

import json
from contextlib import suppress

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gevent_socketio.socketio import codec
from gevent_socketio.socketio.codec import InvalidPacket, Kind, Packet, decode_auth, parse

namespaces = st.one_of(st.just("/"), st.from_regex(r"\A/[a-z0-9?=]{1,20}\Z"))
packet_ids = st.integers(0, 2**53)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), values, max_size=4),
    max_leaves=12,
)
arrays = st.lists(json_values, max_size=5).map(lambda array: msgspec.json.encode(array).decode())
attachments = st.lists(st.binary(max_size=20), max_size=3)


@given(namespaces, arrays, attachments)
def test_an_event_round_trips(namespace: str, body: str, attached: list[bytes]) -> None:
    packet = parse(codec.event(namespace, body, attached).text[1:])
    kind = Kind.BINARY_EVENT if attached else Kind.EVENT
    assert packet == Packet(kind, namespace, None, body, len(attached))


@given(namespaces, packet_ids, arrays, attachments)
def test_an_acknowledgement_round_trips(namespace: str, packet_id: int, body: str, attached: list[bytes]) -> None:
    packet = parse(codec.acknowledgement(namespace, packet_id, body, attached).text[1:])
    kind = Kind.BINARY_ACK if attached else Kind.ACK
    assert packet == Packet(kind, namespace, packet_id, body, len(attached))


@given(namespaces, st.text(st.characters(codec="utf-8")), json_values)
def test_a_refusal_is_valid_json_for_any_message(namespace: str, message: str, reason: object) -> None:
    packet = parse(codec.refused(namespace, message, reason).text[1:])
    told = {"message": message} if reason is None else {"message": message, "data": reason}
    assert (packet.kind, packet.namespace, json.loads(packet.body)) == (Kind.CONNECT_ERROR, namespace, told)


@given(st.text() | st.text(alphabet='0123456789-/,[]{}"ab') | st.from_regex(r"\A[0-6][0-9]*-?(/[a-z]*,?)?[0-9]*[\[{].*"))
@example("2" + "9" * 100_000 + "[]")
@example("5" + "9" * 100_000 + "-[]")
@example("2٣[]")
@example("2" + "[" * 100_000 + "]" * 100_000)
@example("0/" + "a" * 100_000)
def test_any_text_is_a_packet_or_invalid(text: str) -> None:
    try:
        packet = parse(text)
    except InvalidPacket:
        return
    assert packet.namespace.startswith("/")
    assert 0 <= packet.attachments <= 9_999


@given(st.text() | st.text(alphabet='{}[]":,ab01') | json_values.map(json.dumps))
@example("{" * 100_000)
@example('{"a":' * 100_000 + "1" + "}" * 100_000)
@example('{"a":"\\ud800"}')
@example("1" * 100_000)
def test_any_text_is_an_auth_object_or_invalid(text: str) -> None:
    with suppress(InvalidPacket):
        assert isinstance(decode_auth(text), dict)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "a",
        "2",
        "2{}",
        "2[",
        "2]",
        "2abc[]",
        '2"[]"',
        "2-[]",
        "21-[]",
        "5[]",
        "5-[]",
        "6[]",
        "1x",
        "31",
        "2/chat",
        "2/chat,",
    ],
)
def test_invalid_packets(text: str) -> None:
    with pytest.raises(InvalidPacket):
        parse(text)


def test_the_main_namespace_is_left_out() -> None:
    assert parse("0") == Packet(Kind.CONNECT, "/", None, "", 0)
    assert parse("0/custom") == parse("0/custom,") == Packet(Kind.CONNECT, "/custom", None, "", 0)
    assert parse('0/custom,{"token":"1"}').body == '{"token":"1"}'
    assert parse('2/custom,7["a,b"]') == Packet(Kind.EVENT, "/custom", 7, '["a,b"]', 0)
    assert codec.connected("/", "x").text == '40{"sid":"x"}'
    assert codec.disconnected("/custom").text == "41/custom,"
