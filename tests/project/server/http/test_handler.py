"""Who sends or reads too slowly is not waited for."""

import struct
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import pytest
from gevent import socket as gevent_socket
from gevent.event import Event
from gevent.pywsgi import WSGIServer

from project.server.http.handler import PromptHandler

LARGE = 32 * 1024 * 1024

Connect = Callable[[], Any]


class Impatient(PromptHandler):
    head_seconds = 0.2
    standstill_seconds = 0.4
    body_seconds = 1.0
    gave_up = Event()

    def handle(self) -> None:
        super().handle()
        self.gave_up.set()


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Connect to a server that answers with the body, or with far too much."""

    def application(environ, start_response):
        start_response("200 OK", [])
        return [b"x" * LARGE if environ["PATH_INFO"] == "/large" else environ["wsgi.input"].read()]

    server = WSGIServer(("127.0.0.1", 0), application, log=None, error_log=None, handler_class=Impatient)
    server.start()
    clients = []

    def connect():
        clients.append(gevent_socket.create_connection(("127.0.0.1", server.server_port), 5))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()
    server.stop()


def read_all(client: Any) -> bytes:
    """What comes until the server closes."""
    read = b""
    while chunk := client.recv(65_536):
        read += chunk
    return read


def test_half_a_head_is_not_waited_for(connect: Connect) -> None:
    for half in (b"", b"GET / HT", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A"):
        client = connect()
        client.sendall(half)
        assert b" 200 " not in read_all(client)


def test_a_head_that_drips_in_is_not_waited_for(connect: Connect) -> None:
    client = connect()
    client.sendall(b"GET / HTTP/1.1\r\nX: ")
    drip = gevent.spawn(_drip, client)
    with gevent.Timeout(3):
        assert b" 200 " not in read_all(client)
    drip.kill()


def test_a_connection_is_kept_for_a_while_and_not_for_ever(connect: Connect) -> None:
    client = connect()
    for _ in range(3):
        client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
        assert client.recv(4_096).endswith(b"hi")
        gevent.sleep(Impatient.head_seconds / 2)
    with gevent.Timeout(3):
        assert read_all(client) == b""


def test_a_body_that_stands_still_is_not_waited_for(connect: Connect) -> None:
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf")
    with gevent.Timeout(3):
        assert b" 200 " not in read_all(client)


def test_a_body_may_take_longer_than_a_head(connect: Connect) -> None:
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\n")
    for letter in (b"s", b"l", b"o", b"w"):
        gevent.sleep(Impatient.standstill_seconds / 4)
        client.sendall(letter)
    assert read_all(client).endswith(b"slow")


def test_an_answer_that_nobody_reads_is_given_up(connect: Connect) -> None:
    client = connect()
    Impatient.gave_up.clear()
    client.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    assert Impatient.gave_up.wait(10)
    read = 0
    with gevent.Timeout(5):
        try:
            while chunk := client.recv(1 << 20):
                read += len(chunk)
        except ConnectionResetError:
            pass
    assert read < LARGE


@pytest.mark.parametrize(
    "head", [b"GET / HTTP/1\r\n\r\n", b"GET /\r\n\r\n", b"\xff\xfe\r\n\r\n", b"GET / HTTP/1.1\r\n: x\r\n x\r\n\r\n"]
)
def test_whatever_is_no_head_is_no_news(connect: Connect, head: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    client = connect()
    client.sendall(head)
    read_all(client)
    assert capfd.readouterr() == ("", "")


def test_a_client_that_is_gone_before_it_hears_what_is_wrong_is_no_news(
    connect: Connect, capfd: pytest.CaptureFixture[str]
) -> None:
    for half in (b"GET / HTTP/1.1\r\nHost: loc", b"BREW\r\n\r\n"):
        client = connect()
        client.sendall(half)
        client.setsockopt(gevent_socket.SOL_SOCKET, gevent_socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    other = connect()
    other.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    read_all(other)
    assert capfd.readouterr() == ("", "")


def _drip(client: Any) -> None:
    try:
        while True:
            client.sendall(b"x")
            gevent.sleep(0.01)
    except OSError:
        pass


def test_http_1_1_names_its_host(connect: Connect) -> None:
    for head in (b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost:\r\n\r\n"):
        client = connect()
        client.sendall(head)
        assert read_all(client).startswith(b"HTTP/1.1 400 ")
    client = connect()
    client.sendall(b"GET / HTTP/1.0\r\n\r\n")
    assert read_all(client).startswith(b"HTTP/1.1 200 ")


def test_a_body_over_the_limit_is_refused_before_it_is_read(connect: Connect) -> None:
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (Impatient.body_bytes + 1))
    with gevent.Timeout(3):
        assert read_all(client).startswith(b"HTTP/1.1 413 ")


def test_chunks_are_counted_whatever_they_promise(connect: Connect) -> None:
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    for _ in range(Impatient.body_bytes // 0x4000 + 1):
        client.sendall(chunk)
    with gevent.Timeout(3):
        assert read_all(client).startswith(b"HTTP/1.1 413 ")


def test_chunks_within_the_limit_are_read(connect: Connect) -> None:
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.sendall(b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
    assert read_all(client).endswith(b"hello world")


def test_the_next_request_begins_where_a_body_ends(connect: Connect) -> None:
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi" * 2 + b"GET / HTTP/1.0\r\n\r\n")
    assert read_all(client).count(b" 200 OK") == 3


def test_a_body_that_drips_in_is_not_waited_for(connect: Connect) -> None:
    client = connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n")
    drip = gevent.spawn(_drip, client)
    with gevent.Timeout(3):
        assert read_all(client).startswith(b"HTTP/1.1 408 ")
    drip.kill()


def test_a_post_of_long_polling_can_be_longer(connect: Connect) -> None:
    client = connect()
    head = b"POST /socket.io/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    client.sendall(head % (Impatient.body_bytes + 1) + b"x" * (Impatient.body_bytes + 1))
    assert read_all(client).startswith(b"HTTP/1.1 200 ")
