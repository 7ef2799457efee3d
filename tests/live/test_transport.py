"""Readers that are slow, silent or greedy harm nobody, themselves included."""

import json
import socket

from tests.live.conftest import Connect, People
from tests.support.live_server import ServerProcess
from tests.support.wire_client import WireClient

# 24 kB on the wire: 40 of them are more than a narrow socket takes, and less than the mebibyte that may wait for a reader.
LONG = "€" * 7_900
MANY = 40
# A socket that takes little before its sender has to wait, in bytes.
NARROW = 4_096


def test_a_reader_who_stalls_gets_every_frame_whole(
    connect: Connect, people: People, server: ServerProcess, room_name: str
) -> None:
    alice = connect("alice")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    bob = WireClient(server.port, people["bob"].cookie, receive_buffer=NARROW)
    bob.call("join", {"room": room})

    bob.stall(4)
    requests = [{"room": room, "client_id": f"to-a-slow-one-{number}", "text": LONG} for number in range(MANY)]
    sent = [alice.send_raw(json.dumps(["send", request])) for request in requests]
    assert all(alice.answer_to(packet_id)["ok"] for packet_id in sent)

    assert bob.wait(lambda: len(bob.heard("message", room=room)) == MANY)
    assert [message["seq"] for message in bob.heard("message", room=room)] == list(range(1, MANY + 1))
    assert all(message["text"] == LONG for message in bob.heard("message", room=room))
    bob.close()


def test_compression_is_refused(server: ServerProcess, people: People) -> None:
    with socket.create_connection(("localhost", server.port)) as raw:
        raw.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            b"Sec-WebSocket-Extensions: permessage-deflate\r\nOrigin: http://localhost:%d\r\n\r\n" % (server.port, server.port)
        )
        answer = raw.recv(4_096)
    assert answer.startswith(b"HTTP/1.1 101")
    assert b"extensions" not in answer.lower()
