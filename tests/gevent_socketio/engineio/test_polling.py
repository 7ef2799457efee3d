"""Sessions by long polling, and their upgrade to a WebSocket."""

import gc
import json
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import pytest

from gevent_socketio.engineio.polling import PollingTransport
from gevent_socketio.interface import Options
from gevent_socketio.socketio import codec
from gevent_socketio.socketio.inbox import MAX_ITEMS
from tests.gevent_socketio.clients import HttpClient, WebSocketClient
from tests.gevent_socketio.conftest import descriptors
from tests.gevent_socketio.live_server import OPTIONS, PATIENT, LiveServer
from tests.gevent_socketio.peer import eventually

Serve = Callable[..., LiveServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Servers; afterwards none of their descriptors is left open."""
    before = descriptors()
    servers: list[LiveServer] = []

    def start(options: Options, origins: list[str] | None = None) -> LiveServer:
        servers.append(LiveServer(options, origins))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()
    assert eventually(lambda: descriptors() <= before)


@pytest.fixture
def server(serve: Serve) -> LiveServer:
    return serve(PATIENT)


def _connected(server: LiveServer) -> tuple[HttpClient, str]:
    """Return a connected client, and its session's id."""
    client = server.http()
    sid = client.open()
    assert client.post(sid, "40") == (200, "ok")
    status, welcome = client.get(sid)
    assert status == 200
    assert welcome == f'40{{"sid":"{server.recorder.clients[-1].id}"}}\x1e42["before the answer"]'
    return client, sid


def _polling_transports() -> list[PollingTransport]:
    return [thing for thing in gc.get_objects() if type(thing) is PollingTransport]


def _upgraded(server: LiveServer, sid: str) -> WebSocketClient:
    websocket = server.websocket(sid)
    websocket.send("2probe")
    assert websocket.receive() == "3probe"
    websocket.send("5")
    return websocket


def test_the_secret_id_for_polls_is_not_the_public_id(server: LiveServer) -> None:
    _, sid = _connected(server)
    assert sid != server.recorder.clients[0].id


def test_a_poll_waits_until_there_is_a_packet(server: LiveServer) -> None:
    client, sid = _connected(server)
    poll = gevent.spawn(client.get, sid)
    gevent.sleep(0.02)
    assert not poll.ready()
    assert server.http().post(sid, '427["a"]\x1e428["b"]') == (200, "ok")
    assert poll.get(timeout=10) == (200, '437["a"]\x1e438["b"]')


def test_attachments_travel_as_base64(server: LiveServer) -> None:
    client, sid = _connected(server)
    client.post(sid, '451-7["a",{"_placeholder":true,"num":0}]\x1ebAP8=')
    assert client.get(sid) == (200, '461-7["a",{"_placeholder":true,"num":0}]\x1ebAP8=')


@pytest.mark.parametrize("body", ["abc", "bnot base64!", "bé", "", "2", "\x1e\x1e"])
def test_invalid_messages_go_to_the_application_and_close_nothing(server: LiveServer, body: str) -> None:
    client, sid = _connected(server)
    assert client.post(sid, body) == (200, "ok")
    assert client.post(sid, '427["x"]') == (200, "ok")
    assert client.get(sid) == (200, '437["x"]')
    assert server.recorder.of("invalid")[0] == (body.partition("\x1e")[0],)


def test_a_body_over_the_limit_closes_the_session(server: LiveServer) -> None:
    client, sid = _connected(server)
    assert client.post(sid, "4" + "x" * 100_000)[0] == 400
    assert eventually(lambda: len(server.recorder.of("disconnect")) == 1)


def test_a_body_that_is_not_utf_8_closes_nothing(server: LiveServer) -> None:
    client, sid = _connected(server)
    assert client.post(sid, b"\xff\xfe")[0] == 400
    assert client.post(sid, '427["x"]') == (200, "ok")


def test_a_body_that_breaks_off_is_refused_and_its_connection_not_used_again(server: LiveServer) -> None:
    _, sid = _connected(server)
    client = server.http()
    client.send_raw(f"POST /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf".encode())
    client.finish()
    assert client.answer()[0] == 400
    assert b"Connection: close" in client.head


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_poll_that_asks_for_an_upgrade_by_a_header_is_refused(server: LiveServer, method: str) -> None:
    _, sid = _connected(server)
    client = server.http()
    for header in ("Upgrade: websocket", "Connection: Upgrade"):
        head = f"{method} /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\n{header}\r\nContent-Length: 2"
        client.send_raw(f"{head}\r\n\r\n40".encode())
        assert client.answer()[0] == 400


@pytest.mark.parametrize("body", ["Content-Length: 2\r\n\r\n40", "Transfer-Encoding: chunked\r\n\r\n2\r\n40\r\n0\r\n\r\n"])
def test_a_poll_with_a_body_is_refused_and_opens_nothing(server: LiveServer, body: str) -> None:
    client = server.http()
    client.send_raw(f"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n{body}".encode())
    assert client.answer()[0] == 400
    assert len(server.transport) == 0


def test_a_polling_client_without_a_namespace_is_removed(serve: Serve) -> None:
    server = serve(OPTIONS._replace(namespace_seconds=0.1))
    before = _polling_transports()  # of other tests; referenced here, so that no new object gets the id of one
    client = server.http()
    client.open()
    client.close()
    assert len(_polling_transports()) > len(before)
    assert eventually(lambda: len(server.transport) == 0)
    assert eventually(lambda: len(_polling_transports()) == len(before))


@pytest.mark.parametrize("sid", ["nobody", "", "x" * 4_000, "%00"])
def test_an_unknown_session(server: LiveServer, sid: str) -> None:
    client = server.http()
    assert client.post(sid, "40")[0] == 400
    assert not sid or client.get(sid)[0] == 400


def test_two_concurrent_polls_close_the_session(server: LiveServer) -> None:
    client, sid = _connected(server)
    poll = gevent.spawn(client.get, sid)
    gevent.sleep(0.02)
    assert server.http().get(sid)[0] == 400
    assert poll.get(timeout=10) == (200, "1")
    assert client.get(sid)[0] == 400
    assert eventually(lambda: len(server.recorder.of("disconnect")) == 1)


def test_a_cancelled_poll_closes_the_session_because_packets_may_be_lost(server: LiveServer) -> None:
    client, sid = _connected(server)
    client.ask("GET", sid)
    gevent.sleep(0.02)
    client.close()
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "transport error")])


def test_a_logout_can_be_fetched_by_one_more_poll(server: LiveServer) -> None:
    client, sid = _connected(server)
    session = server.recorder.clients[0]
    session.disconnect("/")
    session.close()
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "server namespace disconnect")])
    assert client.post(sid, '42["late"]')[0] == 400
    assert client.get(sid) == (200, "41\x1e1")
    assert client.get(sid)[0] == 400


def test_a_client_that_closes_gets_an_answer_to_its_late_poll(server: LiveServer) -> None:
    client, sid = _connected(server)
    assert server.http().post(sid, "1") == (200, "ok")
    assert client.get(sid) == (200, "6")
    assert client.get(sid)[0] == 400
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "client disconnect")])


def test_a_server_that_stops_answers_waiting_polls(server: LiveServer) -> None:
    client, sid = _connected(server)
    poll = gevent.spawn(client.get, sid)
    gevent.sleep(0.02)
    server.transport.close_all()
    assert poll.get(timeout=10) == (200, "1")
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "server shutting down")])


def test_a_client_that_does_not_poll_is_closed_when_its_queue_is_full(server: LiveServer) -> None:
    _connected(server)
    session = server.recorder.clients[0]
    packet = codec.event("/", json.dumps(["x" * 10_000]))
    arrived = [session.send_packet(packet) for _ in range(15)]
    assert 9 <= arrived.index(False) <= 11
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "too slow a reader")])


def test_a_silent_client_is_closed_though_the_timer_is_late(serve: Serve) -> None:
    server = serve(OPTIONS)
    client, sid = _connected(server)
    gevent.sleep(OPTIONS.ping_seconds + OPTIONS.pong_seconds)
    assert client.get(sid)[0] == 400
    assert server.recorder.of("disconnect") == [("/", "ping timeout")]


def test_a_client_that_posts_too_fast_is_slowed_down_and_loses_nothing(server: LiveServer) -> None:
    client, sid = _connected(server)
    client.post(sid, '42["wait"]')
    many = "\x1e".join(f"42[{number}]" for number in range(3 * MAX_ITEMS))
    post = gevent.spawn(client.post, sid, many)
    assert not eventually(post.ready, 0.1), "nothing told the sender to slow down"
    server.recorder.gate.set()
    assert post.get(timeout=5) == (200, "ok")
    assert eventually(lambda: len(server.recorder.of("event")) == 3 * MAX_ITEMS + 1)
    assert [body for _, _, body in server.recorder.of("event")[1:]] == [f"[{number}]" for number in range(3 * MAX_ITEMS)]


def test_a_post_that_waits_during_an_upgrade_is_released(server: LiveServer) -> None:
    client, sid = _connected(server)
    client.post(sid, '42["wait"]')
    post = gevent.spawn(client.post, sid, "\x1e".join("42[]" for _ in range(2 * MAX_ITEMS)))
    assert not eventually(post.ready, 0.1)
    _upgraded(server, sid)
    assert post.get(timeout=10)[0] == 400


def test_an_upgrade_keeps_the_session_and_its_queue(server: LiveServer) -> None:
    client, sid = _connected(server)
    websocket = server.websocket(sid)
    poll = gevent.spawn(client.get, sid)
    gevent.sleep(0.02)
    websocket.send("2probe")
    assert websocket.receive() == "3probe"
    assert poll.get(timeout=10) == (200, "6")
    client.post(sid, '427["while it changes over"]')
    assert client.get(sid) == (200, "6")
    websocket.send("5")
    websocket.send('428["after it"]')
    assert [websocket.receive(), websocket.receive()] == ['437["while it changes over"]', '438["after it"]']
    assert client.get(sid)[0] == 400
    assert len(server.transport) == 1
    websocket.close()
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "transport close")])
    assert len(server.recorder.of("connect")) == 1


@pytest.mark.parametrize("message", ["5", "3probe", "2", '42["x"]', b"2probe"])
def test_an_invalid_upgrade_leaves_polling_intact(server: LiveServer, message: str | bytes) -> None:
    client, sid = _connected(server)
    websocket = server.websocket(sid)
    websocket.send(message)
    websocket.receive_all()
    client.post(sid, '427["x"]')
    assert client.get(sid) == (200, '437["x"]')


def test_an_upgrade_that_is_cut_off_leaves_polling_intact(server: LiveServer) -> None:
    client, sid = _connected(server)
    websocket = server.websocket(sid)
    websocket.send("2probe")
    websocket.receive()
    second = server.websocket(sid)
    second.send("2probe")
    assert second.receive_all() == []
    websocket.close()
    client.post(sid, '427["x"]')
    answers = [client.get(sid)]
    while answers[-1] == (200, "6") and len(answers) < 100:
        answers.append(client.get(sid))
    assert answers[-1] == (200, '437["x"]')
    _upgraded(server, sid)


def test_a_session_cannot_be_upgraded_twice(server: LiveServer) -> None:
    _, sid = _connected(server)
    websocket = _upgraded(server, sid)
    second = server.websocket(sid)
    assert second.receive_all() == []
    assert second.close_code == 1008
    websocket.send('427["x"]')
    assert websocket.receive() == '437["x"]'


def test_other_origins_cannot_connect(serve: Serve) -> None:
    server = serve(PATIENT, ["https://ours.example"])
    assert server.http("https://evil.example").get("")[0] == 400
    ours = server.http("https://ours.example")
    ours.open()
    assert b"Access-Control-Allow-Origin: https://ours.example\r\n" in ours.head + b"\r\n"
    ours.ask("OPTIONS", "")
    assert ours.answer()[0] == 204


@pytest.mark.parametrize(
    "query", ["", "EIO=3&transport=polling", "EIO=4", "EIO=4&transport=flash", "EIO=4&EIO=4&transport=polling"]
)
def test_other_protocols_are_refused(server: LiveServer, query: str) -> None:
    answers: list[Any] = []
    start_response: Any = lambda status, _headers: answers.append(status)  # noqa: E731
    server.transport({"QUERY_STRING": query, "REQUEST_METHOD": "GET"}, start_response)
    assert answers == ["400 Bad Request"]
