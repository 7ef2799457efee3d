"""How long the sender of a message waits until it is on disk, and whether everyone saw the same."""

import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import gevent

from benchmarks.client import ANSWER_SECONDS, Acknowledgement, ChatClient
from benchmarks.report import LATENCY_HEADS, Wrong, latency_cells, print_table
from benchmarks.throwaway import ThrowawayServer

PEOPLE = 2
MESSAGES = 500
TEXT = "The quick brown fox jumps over the lazy dog, and over again. " * 2


class Witness(Protocol):
    """Somebody who saw messages."""

    messages: list[dict[str, Any]]


Sending = Callable[[ChatClient, int, str], list[Acknowledgement]]


def run(server: ThrowawayServer) -> None:
    """Let a few people write into one room, first each waiting for every answer, then each all at once."""
    guests = server.invite(PEOPLE)
    room = server.open_room(guests)
    clients = [ChatClient(server.url, guest.cookie) for guest in guests]
    print(f"{PEOPLE} people, each {MESSAGES} messages into one room; acknowledged means on disk")
    rows = [_measure(clients, room, *how) for how in (("one at a time", _in_turn), ("all at once", _at_once))]
    print_table(["", *LATENCY_HEADS, "messages/s"], rows)
    print(f"Everyone saw the same {len(rows) * PEOPLE * MESSAGES:,} messages in the same order, each once.")
    for client in clients:
        client.close()


def verify(clients: Sequence[Witness], acknowledged: list[Acknowledgement]) -> None:
    """Raise Wrong unless everybody saw every acknowledged message once, in the order of its number."""
    refused = [each.answer for each in acknowledged if not each.answer["ok"]]
    if refused:
        raise Wrong(f"{len(refused)} messages were refused, the first with {refused[0]}")
    expected = sorted(each.answer["seq"] for each in acknowledged)
    with gevent.Timeout(ANSWER_SECONDS, Wrong("not everyone saw every message")):
        while any(len(client.messages) < len(expected) for client in clients):
            gevent.sleep(0.01)
    for client in clients:
        if [message["seq"] for message in client.messages] != expected:
            raise Wrong("somebody saw messages lost, doubled or out of order")
    if len({tuple(message["client_id"] for message in client.messages) for client in clients}) != 1:
        raise Wrong("two people saw different messages under the same numbers")


def _measure(clients: list[ChatClient], room: int, name: str, sending: Sending) -> list[str]:
    for client in clients:
        client.messages.clear()
    started = time.perf_counter()
    greenlets = [gevent.spawn(sending, client, room, f"{name}-{index}") for index, client in enumerate(clients)]
    gevent.joinall(greenlets, raise_error=True)
    seconds = time.perf_counter() - started
    acknowledged = [acknowledgement for greenlet in greenlets for acknowledgement in greenlet.value]
    verify(clients, acknowledged)
    return [name, *latency_cells([each.seconds for each in acknowledged]), f"{len(acknowledged) / seconds:,.0f}"]


def _in_turn(client: ChatClient, room: int, prefix: str) -> list[Acknowledgement]:
    return [client.ask("send", _message(room, prefix, number)) for number in range(MESSAGES)]


def _at_once(client: ChatClient, room: int, prefix: str) -> list[Acknowledgement]:
    results = [client.send("send", _message(room, prefix, number)) for number in range(MESSAGES)]
    return [result.get(timeout=ANSWER_SECONDS) for result in results]


def _message(room: int, prefix: str, number: int) -> dict[str, object]:
    return {"room": room, "client_id": f"{prefix}-{number}".replace(" ", "-"), "text": TEXT}
