"""A Socket.IO session by WebSocket, from connect to disconnect, over real sockets."""

import gc
from collections.abc import Callable, Iterator

import gevent
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gevent_socketio.interface import Options
from gevent_socketio.socketio import codec
from gevent_socketio.socketio.inbox import MAX_ITEMS
from gevent_socketio.socketio.session import Session
from tests.gevent_socketio.conftest import descriptors
from tests.gevent_socketio.live_server import OPTIONS, PATIENT, LiveServer
from tests.gevent_socketio.peer import eventually

Serve = Callable[[Options], LiveServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Servers; afterwards none of their descriptors is left open."""
    before = descriptors()
    servers: list[LiveServer] = []

    def start(options: Options) -> LiveServer:
        servers.append(LiveServer(options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()
    assert eventually(lambda: descriptors() <= before)


@pytest.fixture
def server(serve: Serve) -> LiveServer:
    return serve(PATIENT)


def test_a_client_receives_the_answer_to_its_connect_first(server: LiveServer) -> None:
    client = server.websocket()
    welcome = client.connect("/", '{"token":"1"}')
    assert welcome == f'40{{"sid":"{server.recorder.clients[0].id}"}}'
    assert client.receive() == '42["before the answer"]'
    assert server.recorder.entries == [("connect", "/", {"token": "1"})]


def test_the_request_is_dropped_once_a_namespace_is_connected(server: LiveServer) -> None:
    client = server.websocket()
    client.connect("/", '{"refuse":1}')
    session = server.recorder.clients[0]
    assert session.environ is not None
    assert session.environ["HTTP_HOST"].startswith("localhost:")
    assert "wsgi.input" not in session.environ  # it holds the socket
    client.send("40")
    assert str(client.receive()).startswith('40{"sid"')
    assert session.environ is None


def test_a_refused_client_receives_the_reason_and_can_connect_again(server: LiveServer) -> None:
    client = server.websocket()
    assert client.connect("/", '{"refuse":1}') == '44{"message":"Not you","data":{"code":"forbidden"}}'
    client.send('40{"fail":1}')
    assert client.receive() == '44{"message":"Internal error"}'
    client.send("40/nowhere,")
    assert client.receive() == '44/nowhere,{"message":"Invalid namespace"}'
    client.send('42["hello"]')
    client.send("40")
    assert str(client.receive()).startswith('40{"sid"')
    assert server.recorder.entries == [("invalid", '2["hello"]'), ("connect", "/", {})]


def test_events_are_handled_in_order_though_one_blocks(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    for body in ('["a"]', '["wait"]', '["b"]', '["fail"]', '["not heard"]'):
        client.send(f"42{body}")
    other = server.websocket()
    other.connect("/other")
    assert server.recorder.of("event") == [("/", None, '["a"]')]
    server.recorder.gate.set()
    assert eventually(lambda: len(server.recorder.of("event")) == 3)
    client.send('42["c"]')
    assert eventually(lambda: len(server.recorder.of("event")) == 4)
    assert [body for _, _, body in server.recorder.of("event")] == ['["a"]', '["wait"]', '["b"]', '["c"]']


def test_two_namespaces_in_one_session_end_separately(server: LiveServer) -> None:
    client = server.websocket()
    client.connect("/")
    client.receive()
    client.send("40/other,")
    assert str(client.receive()).startswith("40/other,")
    assert client.receive() == '42/other,["before the answer"]'
    client.send("41/other")
    client.send('42/other,["late"]')
    client.send('427["echo"]')
    assert client.receive() == '437["echo"]'
    assert server.recorder.of("disconnect") == [("/other", "client namespace disconnect")]
    assert server.recorder.of("invalid") == [('2/other,["late"]',)]
    client.close()
    assert eventually(lambda: ("/", "transport close") in server.recorder.of("disconnect"))


def test_attachments_come_with_their_event(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    client.receive()
    client.send('452-7["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]')
    client.send(b"\x00")
    client.send(b"\x01" * 200)
    assert client.receive() == '462-7["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'
    assert [client.receive(), client.receive()] == [b"\x00", b"\x01" * 200]


@pytest.mark.parametrize(
    ("sent", "broken"),
    [
        (['453-["too many"]', '42["x"]'], ['53-["too many"]']),
        (['451-["none comes"]', '42["x"]'], ['51-["none comes"]']),
        ([b"nobody asked", '42["x"]'], [b"nobody asked"]),
        (['452-["too large"]', b"a" * 60_000, b"b" * 60_000, '42["x"]'], ['52-["too large"]']),
        (["2", "9", "", '42["x"]'], ["2", "9", ""]),
        (["42", "4", "44", "42{}", '42["x"]'], ["2", "", "4", "2{}"]),
        (["40", '42["x"]'], ["0"]),
    ],
)
def test_invalid_messages_go_to_the_application_and_close_nothing(
    server: LiveServer, sent: list[str | bytes], broken: list[str | bytes]
) -> None:
    client = server.websocket()
    client.connect()
    for message in sent:
        client.send(message)
    assert eventually(lambda: len(server.recorder.of("event")) == 1)
    assert [entry[0] for entry in server.recorder.of("invalid")] == broken


def test_a_text_only_server_refuses_binary_messages(serve: Serve) -> None:
    server = serve(PATIENT._replace(attachments=0))
    client = server.websocket()
    client.connect()
    client.send('450-["none, but binary"]')
    client.send('42["x"]')
    assert eventually(lambda: len(server.recorder.of("event")) == 1)
    assert server.recorder.of("invalid") == [('50-["none, but binary"]',)]
    client.send(b"bytes")
    client.receive_all()
    assert client.close_code == 1003


def test_a_frame_over_the_limit_closes_the_connection(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    client.send("42" + "x" * 100_000)
    client.receive_all()
    assert client.close_code == 1009
    assert eventually(lambda: len(server.recorder.of("disconnect")) == 1)
    assert server.recorder.of("disconnect")[0][1].startswith("transport error")


def test_a_client_that_answers_no_ping_is_closed(serve: Serve) -> None:
    server = serve(OPTIONS)
    client = server.websocket()
    client.connect()
    client.receive()
    for _ in range(3):
        assert client.receive() == "2"
        client.send("3")
    assert server.recorder.of("disconnect") == []
    assert client.receive_all() == ["2", "1"]
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "ping timeout")])


def test_a_client_without_a_namespace_is_closed(serve: Serve) -> None:
    server = serve(OPTIONS)
    client = server.websocket()
    with gevent.Timeout(3):
        while (message := client.receive()) != "1":
            assert message == "2" or str(message).startswith("0")
            client.send("3")
    assert eventually(lambda: len(server.transport) == 0)
    assert server.recorder.entries == []


def test_a_lost_connection_is_one_disconnect_after_what_was_sent(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    client.send('42["wait"]')
    client.send('42["last words"]')
    assert eventually(lambda: len(server.recorder.entries) == 1)
    client.close()
    assert eventually(lambda: len(server.transport) == 0)
    assert not server.recorder.clients[0].is_open
    assert not server.recorder.clients[0].send_packet(codec.event("/", "[]"))
    server.recorder.gate.set()
    assert eventually(lambda: bool(server.recorder.of("disconnect")))
    server.recorder.clients[0].close()
    server.recorder.clients[0].disconnect("/")
    gevent.sleep(0.01)
    assert server.recorder.entries[1:] == [
        ("event", "/", None, '["wait"]'),
        ("event", "/", None, '["last words"]'),
        ("disconnect", "/", "transport close"),
    ]


def test_a_client_that_closes_is_disconnected_by_its_own_reason(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    client.send("1")
    client.receive_all()
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "client disconnect")])


def test_a_logout_disconnects_the_namespace_before_it_closes(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    client.receive()
    session = server.recorder.clients[0]
    session.disconnect("/")
    session.close()
    assert client.receive_all() == ["41", "1"]
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "server namespace disconnect")])


def test_a_server_that_stops_lets_clients_reconnect(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    client.receive()
    server.transport.close_all()
    assert client.receive_all() == ["1"]
    assert client.close_code == 1000
    assert eventually(lambda: server.recorder.of("disconnect") == [("/", "server shutting down")])


def test_a_client_that_sends_too_fast_is_slowed_down_and_loses_nothing(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    client.send('42["wait"]')
    sent: list[int] = []

    def send() -> None:
        for number in range(10 * MAX_ITEMS):
            client.send(f'42[{number},"{"x" * 9_000}"]')
            sent.append(number)

    sender = gevent.spawn(send)
    so_far = -1
    while so_far < len(sent):
        so_far = len(sent)
        gevent.sleep(0.1)
    assert so_far < 10 * MAX_ITEMS, "nothing told the sender to slow down"
    server.recorder.gate.set()
    sender.get(timeout=10)
    assert eventually(lambda: len(server.recorder.of("event")) == 10 * MAX_ITEMS + 1)
    numbers = [int(body[1:].split(",")[0]) for _, _, body in server.recorder.of("event")[1:]]
    assert numbers == list(range(10 * MAX_ITEMS))


def test_a_session_that_ended_leaves_no_memory(server: LiveServer) -> None:
    gc.collect()
    gc.disable()
    try:
        client = server.websocket()
        client.connect()
        server.recorder.clients.clear()
        client.close()
        assert eventually(lambda: bool(server.recorder.of("disconnect")))
        gevent.sleep(0.01)
        assert [thing for thing in gc.get_objects() if type(thing) is Session] == []
    finally:
        gc.enable()


texts = st.text(st.characters(codec="utf-8"), max_size=30) | st.text(alphabet='0123456/-,[]{}"a', max_size=12)
# "1" is a close packet: it ends the connection.
messages = texts.filter(lambda text: text != "1") | st.binary(max_size=9)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(messages, max_size=12))
def test_any_messages_leave_connection_and_order_intact(server: LiveServer, sent: list[str | bytes]) -> None:
    client = server.websocket()
    client.connect("/other")
    for message in sent:
        client.send(message)
    client.send("40")
    client.send('428["still here"]')
    with gevent.Timeout(3):
        while client.receive() != '438["still here"]':
            pass


def test_transports_of_both_kinds_are_counted(server: LiveServer) -> None:
    client = server.websocket()
    client.connect()
    server.http().open()
    assert len(server.transport) == 2
    client.close()
    assert eventually(lambda: len(server.transport) == 1)


def test_a_client_that_is_sent_too_much_before_it_is_connected_is_closed(server: LiveServer) -> None:
    packet = codec.event("/", '["early"]')
    sent: list[bool] = []
    server.recorder.on_connect = lambda: sent.extend(server.recorder.clients[0].send_packet(packet) for _ in range(1_002))
    client = server.websocket()
    client.receive()
    client.send("40")
    assert client.receive_all() == ["1"], "a packet passed the answer to the connect"
    assert sent.count(False) >= 2
    assert sent == sorted(sent, reverse=True)
