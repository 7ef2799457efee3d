"""The judge is judged: what is lost, doubled, out of order or false must not pass."""

import asyncio
import gc
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Request, TextMessage

from tests.faults.ledger import Ledger
from tests.faults.proxy import Proxy
from tests.faults.pushes import PushFilter
from tests.faults.scene import Stage, take_turns
from tests.faults.view import RoomView, Row, row_of
from tests.faults.wire import Wire
from tests.support.wire_protocol import Corrupt, WireProtocol

ROOM = 1


def _message(seq, client_id, author=1, text="x", epoch="e"):
    author_facts = {"id": author, "handle": "a", "name": "A"}
    return {"room": ROOM, "seq": seq, "epoch": epoch, "client_id": client_id, "author": author_facts, "text": text}


def _rows(*client_ids: str) -> list[Row]:
    return [row_of(_message(seq, client_id)) for seq, client_id in enumerate(client_ids, 1)]


def _ledger(*client_ids: str) -> Ledger:
    ledger = Ledger()
    for seq, client_id in enumerate(client_ids, 1):
        ledger.attempted(1, ROOM, client_id, "x")
        ledger.acknowledged(ROOM, client_id, seq, "e", again=False)
    return ledger


def _view(rows: list[Row]) -> RoomView:
    return RoomView(ROOM, "e", len(rows), 0, rows)


def test_what_is_right_passes():
    rows = _rows("a", "b", "c")
    assert _ledger("a", "b", "c").judge(ROOM, rows, {"tab": _view(list(rows))}).wrong == []


def test_an_acknowledged_message_that_is_not_there_is_lost():
    assert _ledger("a", "b", "c").judge(ROOM, _rows("a", "b"), {}).lost


def test_a_message_that_is_there_twice_is_doubled():
    assert _ledger("a", "b").judge(ROOM, _rows("a", "b", "a"), {}).doubled


def test_a_row_that_one_person_does_not_see_is_lost():
    rows = _rows("a", "b", "c")
    assert _ledger("a", "b", "c").judge(ROOM, rows, {"tab": _view([rows[0], rows[2]])}).lost


def test_a_persons_own_messages_out_of_their_order_are_reordered():
    ledger = Ledger()
    for client_id, seq in (("a", 2), ("b", 1)):
        ledger.attempted(1, ROOM, client_id, "x")
        ledger.acknowledged(ROOM, client_id, seq, "e", again=False)
    assert ledger.judge(ROOM, _rows("b", "a"), {}).reordered


def test_an_acknowledgement_with_another_number_is_false():
    ledger = _ledger("a", "b")
    ledger.acknowledged(ROOM, "a", 7, "e", again=True)
    assert ledger.judge(ROOM, _rows("a", "b"), {}).false_acks


def test_an_edit_that_was_acknowledged_and_is_not_there_is_amiss():
    ledger = _ledger("a")
    ledger.editing(ROOM, "a", "better")
    ledger.edited(ROOM, "a", "better")
    assert ledger.judge(ROOM, _rows("a"), {}).amiss


def test_a_message_that_somebody_changed_in_place_of_another_is_amiss():
    rows = _rows("a", "b")
    rows[1].text = "meant for a"
    assert _ledger("a", "b").judge(ROOM, rows, {}).amiss


def test_a_view_notes_a_gap_a_repeat_and_an_unfit_page():
    view = _view(_rows("a", "b"))
    view._shown |= {(1, "a"), (1, "b")}
    assert view.receive(_message(4, "d")) == "gap"
    assert view.receive(_message(3, "c", epoch="f")) == "gap"
    assert view.receive(_message(2, "b")) == "repeat"
    assert view.receive(_message(3, "a")) == "added"
    assert len(view.anomalies) == 1
    view.prepend([_message(1, "z")])
    assert len(view.anomalies) == 2


def test_a_torn_frame_is_noticed():
    protocol, whole = _opened(), b"\x81\x03abc"
    assert protocol.feed(whole[:2]) == []
    assert protocol.feed(whole[2:] + whole) == [TextMessage(data="abc"), TextMessage(data="abc")]
    with pytest.raises(Corrupt):
        protocol.feed(b"bc" + whole)


@pytest.mark.parametrize("frame", [b"\x01\x03abc", b"\xc1\x03abc", b"\x81\x83abcdefg", b"\x83\x00", b"\x81\x01\xff"])
def test_what_no_server_of_ours_sends_is_noticed(frame):
    """A fragment, a reserved bit, a mask, an unknown opcode, bytes that are no text."""
    with pytest.raises(Corrupt):
        _opened().feed(frame)


def test_a_message_that_comes_in_many_pieces_is_one():
    text = "é" * 40_000
    frame = b"\x81\x7f" + (80_000).to_bytes(8, "big") + text.encode()
    assert _opened().feed(frame) == [TextMessage(data=text)]


def _opened() -> WireProtocol:
    """A connection whose handshake was accepted."""
    protocol, server = WireProtocol(), WSConnection(ConnectionType.SERVER)
    server.receive_data(protocol.handshake(1))
    assert [type(event) for event in server.events()] == [Request]
    assert [type(event) for event in protocol.feed(server.send(AcceptConnection()))] == [AcceptConnection]
    return protocol


def test_exactly_one_published_message_is_eaten():
    pushes = PushFilter()
    stream = pushes.connection()
    stream.asked(b"*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nr\r\n")
    push = b"*3\r\n$7\r\nmessage\r\n$1\r\nr\r\n$2\r\nhi\r\n"
    other = b"*3\r\n$9\r\nsubscribe\r\n$1\r\nr\r\n:1\r\n"
    pushes.eats = lambda channel, payload: not pushes.eaten
    assert stream.answered(other + push[:10]) == other
    assert stream.answered(push[10:] + push) == push
    assert pushes.eaten == [b"hi"]


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.close()


@contextmanager
def _nothing_left_behind() -> Iterator[None]:
    """What is left behind the collector finds later, and fails whichever test is under way then."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        yield
        gc.collect()
    assert [str(warning.message) for warning in warned] == []


@pytest.mark.parametrize("turns", range(6))
def test_a_proxy_that_ends_while_somebody_comes_leaves_no_socket(stage: Stage, tmp_path: Path, turns: int) -> None:
    proxy = Proxy(stage, tmp_path / "nobody", tmp_path / "wire")

    async def _come_and_end() -> None:
        visitor.connect(str(tmp_path / "wire"))
        for _ in range(turns):
            await asyncio.sleep(0)
        await proxy._stop()

    with _nothing_left_behind(), socket.socket(socket.AF_UNIX) as visitor:
        stage.run(_come_and_end())


@pytest.mark.parametrize("is_cancelled", [True, False])
@pytest.mark.parametrize("turns", range(6))
def test_a_client_that_goes_while_it_connects_leaves_no_socket(stage: Stage, turns: int, is_cancelled: bool) -> None:
    async def _connect_and_go() -> None:
        wire = Wire(lambda event, payload: None, lambda why: None)
        opening = asyncio.ensure_future(wire.open(listener.getsockname()[1], "", ""))
        for _ in range(turns):
            await asyncio.sleep(0)
        if is_cancelled:
            opening.cancel()
        wire.end("dropped")
        await asyncio.gather(opening, return_exceptions=True)
        await take_turns()

    with _nothing_left_behind(), socket.create_server(("127.0.0.1", 0)) as listener:
        stage.run(_connect_and_go())
