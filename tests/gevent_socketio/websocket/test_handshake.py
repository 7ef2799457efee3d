"""From a request to a WebSocket: what is refused, and that pywsgi keeps nothing of an accepted one."""

import gc

import pytest
from gevent import Greenlet
from gevent import socket as gevent_socket

from tests.gevent_socketio.conftest import Server
from tests.gevent_socketio.peer import UPGRADE, eventually
from tests.support.raw_frames import masked


def ask(server: Server, request: str) -> bytes:
    with gevent_socket.create_connection(("127.0.0.1", server.port)) as client:
        client.settimeout(5)
        client.sendall(request.encode())
        return client.recv(4_096)


def test_the_response_has_the_accept_key(server: Server):
    peer, _ = server.connect()
    assert peer.answer.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in peer.answer  # RFC 6455, 1.3


def test_no_extension_is_accepted(server: Server):
    answer = ask(server, UPGRADE.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"))
    assert answer.startswith(b"HTTP/1.1 101")
    assert b"extensions" not in answer.lower()


def test_a_client_can_offer_other_protocols_too(server: Server):
    answer = ask(server, UPGRADE.replace("Upgrade: websocket", "Upgrade: h2c, WebSocket"))
    assert answer.startswith(b"HTTP/1.1 101")


@pytest.mark.parametrize(
    ("changed", "to", "status"),
    [
        ("GET", "POST", 400),
        ("HTTP/1.1", "HTTP/1.0", 400),
        ("Upgrade: websocket", "Upgrade: h2c", 400),
        ("Connection: keep-alive, Upgrade", "Connection: keep-alive", 400),
        ("Version: 13", "Version: 8", 426),
        ("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=", 400),
        ("Sec-WebSocket-Key", "Sec-WebSocket-Clef", 400),
        ("\r\n\r\n", "\r\nContent-Length: 2\r\n\r\n{}", 400),
        ("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ],
)
def test_an_invalid_request_is_refused_as_http(server: Server, changed: str, to: str, status: int):
    assert ask(server, UPGRADE.replace(changed, to)).startswith(b"HTTP/1.1 %d" % status)
    assert not server.recorders


def test_frames_right_after_the_request_are_not_lost(server: Server):
    _peer, recorder = server.connect(behind=masked("first") + masked("second")[:4])
    assert eventually(lambda: recorder.messages == ["first"])


def test_pywsgi_keeps_nothing_of_an_accepted_connection(server: Server):
    def running() -> int:
        gc.collect()
        return sum(issubclass(type(item), Greenlet) and not item.dead for item in gc.get_objects())

    before = running()
    peers = [server.connect()[0] for _ in range(20)]
    assert eventually(lambda: running() <= before)
    for peer in peers:
        peer.send("still here")
    assert eventually(lambda: all(recorder.messages == ["still here"] for recorder in server.recorders))
