"""A packet is encoded once, for WebSocket and for long polling."""

from unittest.mock import patch

from gevent_socketio.packet import PreparedPacket
from gevent_socketio.websocket.frames import encode_frame


def test_text_and_attachments_in_both_transports() -> None:
    event = PreparedPacket("452-[]", [b"\x01\x02", b"\xff"])
    assert event.frame == b"\x81\x06452-[]" + b"\x82\x02\x01\x02" + b"\x82\x01\xff"
    assert event.payload == "452-[]\x1ebAQI=\x1eb/w=="


def test_several_packets_are_joined_to_one() -> None:
    both = PreparedPacket.joined([PreparedPacket("42[1]"), PreparedPacket("42[2]")])
    assert both.frame == b"\x81\x0542[1]\x81\x0542[2]"
    assert both.payload == "42[1]\x1e42[2]"


def test_a_packet_for_many_is_encoded_once() -> None:
    event = PreparedPacket("42[1]")
    with patch("gevent_socketio.packet.encode_frame", wraps=encode_frame) as encoded:
        assert event.frame is event.frame
    assert encoded.call_count == 1
