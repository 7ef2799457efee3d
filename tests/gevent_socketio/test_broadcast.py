"""One packet to many clients, while their routes change."""

from collections.abc import Callable, Iterator

import gevent
import pytest

from gevent_socketio.broadcast import Recipients
from gevent_socketio.socketio import codec
from tests.gevent_socketio.clients import WebSocketClient
from tests.gevent_socketio.conftest import descriptors
from tests.gevent_socketio.live_server import PATIENT, LiveServer
from tests.gevent_socketio.peer import eventually

# More than the kernel buffers for a reader on this machine, and less than the server queues for a slow one.
FLOOD, BYTES = 200, 64 * 1024


@pytest.fixture
def server() -> Iterator[LiveServer]:
    before = descriptors()
    server = LiveServer(PATIENT._replace(queue_bytes=2 * FLOOD * BYTES))
    yield server
    server.stop()
    assert eventually(lambda: descriptors() <= before)


@pytest.fixture
def join(server: LiveServer) -> Callable[[], WebSocketClient]:
    """Connect clients one after the other."""

    def join() -> WebSocketClient:
        client = server.websocket()
        client.connect()
        assert client.receive() == '42["before the answer"]'
        return client

    return join


def test_a_client_that_stalls_receives_all_broadcasts_in_order(server: LiveServer, join) -> None:
    bob, carol = join(), join()
    recipients = Recipients(server.recorder.clients)
    heard: list[str | bytes] = []
    reading = gevent.spawn(lambda: heard.extend(bob.receive() for _ in range(FLOOD + 3)))
    said = [f'42["{number}","{"x" * BYTES}"]' for number in range(FLOOD)]
    for text in said:
        recipients.send(codec.event("/", text[2:]))
        gevent.sleep(0)
    assert server.recorder.clients[1].backlog(), "carol was never behind"
    # Her kernel's buffer has room again; what is sent now must wait behind what is queued.
    assert [carol.receive() for _ in range(FLOOD // 2)] == said[: FLOOD // 2]
    recipients.send(codec.event("/", '["late"]'))
    assert [carol.receive() for _ in range(FLOOD // 2 + 1)] == [*said[FLOOD // 2 :], '42["late"]']
    assert eventually(lambda: not server.recorder.clients[1].backlog())
    recipients.send(codec.event("/", '["one"]'))
    recipients.send(codec.event("/", '["more"]'))
    assert [carol.receive(), carol.receive()] == ['42["one"]', '42["more"]']
    reading.get(timeout=10)
    assert heard == [*said, '42["late"]', '42["one"]', '42["more"]']


def test_a_closed_client_receives_no_broadcast_after_the_close(server: LiveServer, join) -> None:
    bob, mallory = join(), join()
    recipients = Recipients(server.recorder.clients)
    recipients.send(codec.event("/", '["both"]'))
    server.recorder.clients[1].close()
    recipients.send(codec.event("/", '["bob alone"]'))
    assert mallory.receive_all() == ['42["both"]', "1"]
    assert [bob.receive(), bob.receive()] == ['42["both"]', '42["bob alone"]']


def test_a_client_that_vanished_does_not_affect_the_others(server: LiveServer, join) -> None:
    alice, bob, carol = join(), join(), join()
    recipients = Recipients(server.recorder.clients)
    recipients.send(codec.event("/", '["three"]'))
    bob.close()
    for number in range(3):
        recipients.send(codec.event("/", f"[{number}]"))
        gevent.sleep(0.01)
    for client in (alice, carol):
        assert [client.receive() for _ in range(4)] == ['42["three"]', "42[0]", "42[1]", "42[2]"]
    assert eventually(lambda: len(server.transport) == 2)


def test_a_polling_client_receives_broadcasts_before_and_after_its_upgrade(server: LiveServer, join) -> None:
    bob, dave = join(), server.http()
    sid = dave.open()
    assert dave.post(sid, "40") == (200, "ok")
    assert dave.get(sid)[1].endswith('42["before the answer"]')
    recipients = Recipients(server.recorder.clients)
    recipients.send(codec.event("/", '["by post"]'))
    assert dave.get(sid) == (200, '42["by post"]')
    websocket = server.websocket(sid)
    websocket.send("2probe")
    assert websocket.receive() == "3probe"
    websocket.send("5")
    assert eventually(lambda: server.recorder.clients[1].websocket is not None)
    recipients.send(codec.event("/", '["at once"]'))
    assert websocket.receive() == '42["at once"]'
    assert [bob.receive(), bob.receive()] == ['42["by post"]', '42["at once"]']


def test_a_broadcast_waits_for_the_answer_to_a_second_connect(server: LiveServer, join) -> None:
    bob = join()
    recipients = Recipients(server.recorder.clients)
    recipients.send(codec.event("/", '["before"]'))
    server.recorder.on_connect = lambda: recipients.send(codec.event("/", '["meanwhile"]'))
    bob.send("40/other,")
    assert bob.receive() == '42["before"]'
    answer = bob.receive()
    assert isinstance(answer, str)
    assert answer.startswith("40/other,")
    assert [bob.receive(), bob.receive()] == ['42/other,["before the answer"]', '42["meanwhile"]']
