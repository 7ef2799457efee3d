"""One bad client costs little, for a short while, and nothing afterwards: rows 13, 18, 22, 24 and 40 of the faults."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.live.conftest import Connect, People
from tests.support.live_server import ServerProcess
from tests.support.raw_client import RawClient, header
from tests.support.raw_frames import TEXT, masked
from tests.support.stopwatch import Stopwatch

BINARY, CONTINUATION = 2, 0
TOO_BIG, TEXT_ONLY = 1009, 1003
MEBIBYTE = 1024 * 1024
LIMIT = 128 * 1024
MOST_MEMORY = 2 * MEBIBYTE
GONE_SECONDS = 30.0
# 24 kB on the wire.
LONG = "€" * 7_900


@pytest.fixture(autouse=True)
def leaves_nothing(server: ServerProcess) -> Iterator[None]:
    """Whatever a test did, its connections are gone afterwards."""
    yield
    assert eventually(lambda: connections(server) == 0, GONE_SECONDS), f"{connections(server)} connections are left"


def test_row_18_a_frame_of_200_megabytes_is_refused_at_its_head(
    server: ServerProcess, people: People, connect: Connect
) -> None:
    bob = connect("bob")
    with RawClient(server.port, people["mallory"].cookie) as mallory:
        with costs_little(server):
            mallory.write(header(200_000_000))
            assert mallory.close_code() == TOO_BIG
            mallory.write_until_cut(bytes(MEBIBYTE), most=200_000_000)
        assert bob.call("status", {"status": "active"})["ok"]


@pytest.mark.parametrize("size", [1, 10_000])
def test_row_18_endless_fragments_are_cut_at_the_limit(
    server: ServerProcess, people: People, connect: Connect, size: int
) -> None:
    bob = connect("bob")
    first, fragment = (masked(b"x" * size, TEXT, final=False), masked(b"x" * size, CONTINUATION, final=False))
    with RawClient(server.port, people["mallory"].cookie) as mallory:
        with costs_little(server):
            mallory.write(first)
            mallory.write_until_cut(fragment * (100_000 // len(fragment)), most=LIMIT // size * len(fragment) + 200_000)
            assert mallory.close_code() == TOO_BIG
        assert bob.call("status", {"status": "active"})["ok"]


def test_row_13_a_reader_who_never_reads_is_closed_before_two_megabytes_wait(
    server: ServerProcess, people: People, connect: Connect, room_name: str
) -> None:
    alice = connect("alice")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    with RawClient(server.port, people["mallory"].cookie, buffer=4_096) as mallory:
        mallory.say("40/chat,", f'42/chat,1["join",{{"room":{room}}}]')
        mallory.hear("43/chat,1")
        said = 0
        while not alice.heard("presence", room=room, user=people["mallory"].id, status="offline"):
            assert said <= MOST_MEMORY  # neither we nor the kernel hold more than was said
            assert alice.call("send", {"room": room, "client_id": f"to-a-deaf-one-{said}", "text": LONG})["ok"]
            said += len(LONG.encode())
        assert eventually(lambda: connections(server) == 1, GONE_SECONDS)


def test_row_22_half_a_binary_packet_is_not_waited_for(server: ServerProcess, people: People) -> None:
    with RawClient(server.port, people["mallory"].cookie) as mallory:
        mallory.say("40/chat,", '451-/chat,1["send",{"_placeholder":true,"num":0}]', '42/chat,2["sync",{"rooms":{}}]')
        assert '"ok":true' in mallory.hear("43/chat,2")
        mallory.write(masked(b"\x00" * 100, BINARY))
        assert mallory.close_code() == TEXT_ONLY


def test_row_24_an_event_before_the_welcome_is_refused(server: ServerProcess, people: People) -> None:
    with RawClient(server.port, people["alice"].cookie) as alice:
        alice.say(
            '42/chat,1["sync",{"rooms":{}}]', '42/admin,2["sync",{"rooms":{}}]', "40/chat,", '42/chat,3["sync",{"rooms":{}}]'
        )
        assert '"ok":false' in alice.hear("4")
        assert alice.hear("4").startswith("40/chat")
        assert '"ok":true' in alice.hear("43/chat,3")


def test_row_40_half_heads_are_dropped_within_ten_seconds(server: ServerProcess, people: People, connect: Connect) -> None:
    bob = connect("bob")
    with ExitStack() as open_sockets:
        for _ in range(500):
            half = open_sockets.enter_context(socket.create_connection(("localhost", server.port)))
            half.sendall(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: webs")
        assert bob.call("status", {"status": "active"})["ok"]
        assert eventually(lambda: connections(server) == 1, 10)
        assert bob.call("status", {"status": "active"})["ok"]


@contextmanager
def costs_little(server: ServerProcess) -> Iterator[None]:
    """What happens within may at no time take more memory than one client may cost."""
    before = _memory(server.pid, "VmRSS")
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")  # the highest so far is forgotten
    yield
    assert _memory(server.pid, "VmHWM") - before <= MOST_MEMORY


def connections(server: ServerProcess) -> int:
    """How many connections the server's process holds a descriptor of."""
    local, held = f":{server.port:04X}", _sockets_of(server.pid)
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return sum(row[1].endswith(local) and row[3] != "0A" and f"socket:[{row[9]}]" in held for row in rows)


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it comes true in so many seconds of a machine that has nothing else to do."""
    watch = Stopwatch()
    while not condition() and watch.seconds() < seconds:
        time.sleep(0.02)
    return condition()


def _sockets_of(pid: int) -> set[str]:
    links = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            links.add(str(entry.readlink()))
        except OSError:
            continue
    return links


def _memory(pid: int, name: str) -> int:
    """Bytes of memory that a process has now (VmRSS) or had at most (VmHWM)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))
