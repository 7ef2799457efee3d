"""A connection from start to end: frames stay whole and nothing leaks, whatever the peer does."""

import gc
import logging

import gevent
import pytest

from gevent_socketio.websocket.connection import WebSocket
from gevent_socketio.websocket.frames import BINARY, CLOSE, PING, PONG, TEXT, encode_close, encode_frame
from tests.gevent_socketio.conftest import LIMITS, Recorder, Server
from tests.gevent_socketio.peer import eventually
from tests.support.raw_frames import header, masked

LONG = encode_frame(b"x" * 10_000)


def fill(recorder: Recorder) -> int:
    """Send until the socket is full; return the number of frames sent."""
    sent = 0
    while recorder.websocket.backlog() == 0:
        assert recorder.websocket.send(LONG)
        sent += 1
    return sent


def is_gone(recorder: Recorder) -> bool:
    closing = recorder.websocket._closing  # the fixture checks that the descriptor is closed
    return recorder.websocket._socket is None and (closing is None or closing._socket is None)


def test_messages_arrive_in_order_and_whole(server: Server):
    peer, recorder = server.connect()
    peer.write(masked("one") + masked(b"\x00\xff", BINARY) + masked("thr", final=False))
    peer.write(masked("ee", 0))
    assert eventually(lambda: recorder.messages == ["one", b"\x00\xff", "three"])
    assert recorder.websocket.send_text("four")
    assert peer.read_frame() == (TEXT, b"four")


def test_a_peer_that_stalls_gets_every_frame_whole(server: Server):
    peer, recorder = server.connect(buffer=4_096)
    frames = [encode_frame(str(number).encode() * 2_000) for number in range(1_000, 1_020)]
    sent = fill(recorder)
    assert all(recorder.websocket.send(frame) for frame in frames)
    gevent.sleep(LIMITS.stall_seconds / 2)
    assert [peer.read_frame() for _ in range(sent)] == [(TEXT, b"x" * 10_000)] * sent
    assert [peer.read_frame()[1] for _ in frames] == [frame[4:] for frame in frames]
    assert eventually(lambda: recorder.websocket.backlog() == 0)
    assert recorder.websocket.send_text("in step again")
    assert peer.read_frame() == (TEXT, b"in step again")


def test_a_full_queue_is_dropped_and_the_close_frame_follows_a_whole_frame(server: Server):
    peer, recorder = server.connect(buffer=4_096)
    sent = fill(recorder)
    while recorder.websocket.send(LONG):
        sent += 1
        assert recorder.websocket.backlog() <= LIMITS.queue_bytes
    assert recorder.websocket.backlog() < 2 * len(LONG)
    assert peer.read_close() == 1013
    assert eventually(lambda: recorder.closed == [(1013, "reads too slowly")])


def test_a_peer_that_reads_nothing_is_cut_off(server: Server):
    _peer, recorder = server.connect(buffer=4_096)
    fill(recorder)
    assert eventually(lambda: is_gone(recorder) and recorder.closed == [(1006, "did not read")])


def test_a_peer_that_reads_slowly_is_kept(server: Server):
    peer, recorder = server.connect(buffer=4_096)
    sent = fill(recorder)
    for _ in range(sent):
        peer.read_frame()
        gevent.sleep(LIMITS.stall_seconds * 2 / sent)
    assert recorder.websocket.is_open


@pytest.mark.parametrize("head", [header(200_000_000), header(1 << 40, BINARY), header(LIMITS.message_bytes + 1)])
def test_a_huge_frame_is_refused_at_its_header(server: Server, head: bytes):
    peer, recorder = server.connect()
    peer.write(head)
    assert peer.read_close() == 1009
    assert recorder.messages == []


def test_endless_fragments_are_refused_at_the_limit(server: Server):
    peer, recorder = server.connect()
    peer.write(masked("", final=False) + masked("x" * 1_000, 0, final=False) * (LIMITS.message_bytes // 1_000 + 1))
    assert peer.read_close() == 1009
    assert recorder.messages == []


def test_a_peer_that_sends_after_the_close_is_cut_off(server: Server):
    peer, recorder = server.connect()
    peer.write(header(200_000_000) + b"mask")
    assert eventually(lambda: is_gone(recorder) or peer.write(b"x" * 1_000))


def test_a_peer_that_never_answers_the_close_is_cut_off(server: Server):
    peer, recorder = server.connect()
    recorder.websocket.close(1001, "going away")
    assert peer.read_close() == 1001
    assert not is_gone(recorder)
    assert eventually(lambda: is_gone(recorder), LIMITS.close_seconds + 1.5)
    assert recorder.closed == [(1001, "going away")]


def test_a_close_frame_follows_what_is_queued(server: Server):
    peer, recorder = server.connect(buffer=4_096)
    sent = fill(recorder)
    recorder.websocket.close(1000, "bye")
    assert [peer.read_frame()[0] for _ in range(sent)] == [TEXT] * sent
    assert peer.read_frame() == (CLOSE, b"\x03\xe8bye")


def test_a_peers_close_is_answered_and_its_connection_ends(server: Server):
    peer, recorder = server.connect()
    peer.write(masked("last") + masked(b"\x0f\xa0so long", CLOSE) + masked("after"))
    assert peer.read_all() == encode_close(4000, "")
    peer.close()
    assert eventually(lambda: recorder.closed == [(4000, "so long")])
    assert recorder.messages == ["last"]
    assert eventually(lambda: is_gone(recorder))


def test_a_peer_that_vanishes_is_reported_once(server: Server):
    peer, recorder = server.connect()
    peer.close()
    assert eventually(lambda: recorder.closed == [(1006, "connection lost")])
    recorder.websocket.abort()
    recorder.websocket.close()
    assert not recorder.websocket.send_text("to nobody")
    gevent.sleep(0.01)
    assert len(recorder.closed) == 1


def test_the_end_is_never_reported_within_a_call(server: Server):
    _peer, recorder = server.connect()
    recorder.websocket.abort()
    assert recorder.closed == []
    assert not recorder.websocket.is_open
    assert eventually(lambda: recorder.closed == [(1006, "aborted")])


def test_a_listener_that_fails_loses_only_its_own_connection(server: Server, caplog: pytest.LogCaptureFixture):
    peer, recorder = server.connect()
    other, healthy = server.connect()
    recorder.react = lambda _message: 1 / 0
    with caplog.at_level(logging.ERROR):
        peer.send("boom")
        assert peer.read_close() == 1011
    assert "ZeroDivisionError" in caplog.text
    other.send("still here")
    assert eventually(lambda: healthy.messages == ["still here"])


def test_messages_after_a_close_by_the_listener_are_not_delivered(server: Server):
    peer, recorder = server.connect()
    recorder.react = lambda _message: recorder.websocket.close(4001)
    peer.write(masked("one") + masked("two"))
    assert peer.read_close() == 4001
    assert recorder.messages == ["one"]


def test_pings_are_answered_in_order_among_messages(server: Server):
    peer, recorder = server.connect()
    recorder.react = lambda message: recorder.websocket.send_text(str(message))
    peer.write(masked("a", PING) + masked("b", PING) + masked("text") + masked("c", PING) + masked("", PONG))
    assert [peer.read_frame() for _ in range(4)] == [(PONG, b"a"), (PONG, b"b"), (TEXT, b"text"), (PONG, b"c")]


def test_pings_of_a_peer_that_does_not_read_fill_no_queue(server: Server):
    peer, recorder = server.connect(buffer=4_096)
    fill(recorder)
    queued = recorder.websocket.backlog()
    peer.write(masked("x" * 125, PING) * 500 + masked("last", PING) + masked("arrived"))
    assert eventually(lambda: recorder.messages == ["arrived"])
    assert recorder.websocket.backlog() <= queued
    while (frame := peer.read_frame())[0] != PONG:
        pass
    assert frame == (PONG, b"last")


def test_a_paused_connection_delivers_nothing_and_loses_nothing(server: Server):
    peer, recorder = server.connect()
    recorder.react = lambda message: recorder.websocket.pause() if message == "1" else None
    peer.write(masked("1") + masked("2"))
    assert eventually(lambda: recorder.messages == ["1"])
    peer.send("3")
    gevent.sleep(0.02)
    assert recorder.messages == ["1"]
    recorder.websocket.resume()
    assert eventually(lambda: recorder.messages == ["1", "2", "3"])


def test_a_paused_connection_can_be_closed(server: Server):
    peer, recorder = server.connect()
    recorder.websocket.pause()
    recorder.websocket.close(4002)
    assert peer.read_close() == 4002
    peer.close()
    assert eventually(lambda: is_gone(recorder))


def test_a_peer_that_floods_does_not_starve_the_others(server: Server):
    flooder, flooded = server.connect()
    quiet, recorder = server.connect()
    flooding = gevent.spawn(flooder.write, masked("") * 300_000)
    gevent.sleep(0.01)
    quiet.send("me too")
    assert eventually(lambda: recorder.messages == ["me too"])
    assert len(flooded.messages) < 300_000
    flooding.kill()


def test_a_closed_connection_leaves_no_reference_cycle(server: Server):
    def websockets() -> int:
        return sum(type(item) is WebSocket for item in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        for _ in range(10):
            server.connect()[0].send("hello")
        assert websockets() == 10
        server.close_peers()
        assert eventually(lambda: all(recorder.closed for recorder in server.recorders))
        server.recorders.clear()
        assert eventually(lambda: websockets() == 0)
    finally:
        gc.enable()
