"""Floods: row 17, and a ban in the middle of ten thousand attempts on two servers."""

import json
import threading
import time
from collections import Counter

import pytest

from tests.faults.scene import until
from tests.faults.world import World
from tests.support.wire_client import ANSWER_SECONDS, WireClient

ATTEMPTS = 10_000
TABS = 4
BURST, REFILL = 40, 20.0


def _connect(world: World, handle: str, server: int = 0) -> WireClient:
    return WireClient(world.servers[server].port, world.people[handle].cookie)


def _send(client: WireClient, room: int, name: str, number: int) -> int:
    request = {"room": room, "client_id": f"{name}-{number:06}", "text": f"{name} {number}"}
    return client.send_raw(json.dumps(["send", request]))


def _outcome(answer: dict) -> str:
    return "ok" if answer["ok"] else str(answer["error"]["code"])


def _newest(client: WireClient, room: int) -> int:
    messages = client.call("history", {"room": room, "limit": 1})["messages"]
    return int(messages[-1]["seq"]) if messages else 0


@pytest.fixture(scope="module")
def limited(make_world) -> World:
    """One server whose limits are on."""
    return make_world(
        people=3, rooms=1, LIMITS="on", LIMIT_MESSAGES=f"{BURST}/{REFILL:.0f}s", LIMIT_REPEATS="3/m", LIMIT_ALL_MESSAGES="off"
    )


def test_row_17_a_thousand_messages_a_second_are_refused_and_others_write_on(limited: World) -> None:
    room = limited.fresh_room()
    alice, mallory = _connect(limited, "p0000"), _connect(limited, "p0001")
    began = time.monotonic()
    flood = [_send(mallory, room, "flood", number) for number in range(1_000)]
    said = [alice.call("send", {"room": room, "client_id": f"alice-{n:06}", "text": f"{n}"}) for n in range(20)]
    answers = [mallory.answer_to(packet) for packet in flood]
    took = time.monotonic() - began

    assert [_outcome(answer) for answer in said] == ["ok"] * 20
    outcomes = Counter(map(_outcome, answers))
    assert set(outcomes) == {"ok", "rate_limited"}
    assert BURST <= outcomes["ok"] <= BURST + BURST * took / REFILL + 1
    refused = [answer["error"] for answer in answers if not answer["ok"]]
    assert all(0 < error["retry_in"] <= REFILL / BURST for error in refused)
    assert all(error["message"] == "Too many at once. Wait a moment, then try again." for error in refused)
    assert _newest(alice, room) == outcomes["ok"] + 20
    for client in (alice, mallory):
        client.close()


@pytest.fixture(scope="module")
def unlimited(make_world) -> World:
    """Two servers without limits, so that nothing but the ban stops anybody."""
    return make_world(people=3, rooms=1, servers=2)


def test_from_the_moment_that_a_ban_is_acknowledged_nothing_is_stored_on_any_server(unlimited: World) -> None:
    room = unlimited.fresh_room()
    alice, bob = _connect(unlimited, "p0000"), _connect(unlimited, "p0001", server=1)
    tabs = [_connect(unlimited, "p0002", server=number % 2) for number in range(TABS)]
    packets: list[list[int]] = [[] for _ in tabs]
    is_banned = threading.Event()
    sent_before = [0] * TABS

    def flood(number: int) -> None:
        """Write without waiting for answers; once the ban is acknowledged, ten thousand times more in all."""
        while not is_banned.is_set() and len(packets[number]) < ATTEMPTS // TABS:
            packets[number].append(_send(tabs[number], room, f"tab{number}", len(packets[number])))
        sent_before[number] = len(packets[number])
        assert is_banned.wait(ANSWER_SECONDS)
        for _ in range(ATTEMPTS // TABS):
            packets[number].append(_send(tabs[number], room, f"tab{number}", len(packets[number])))

    floods = [threading.Thread(target=flood, args=[number]) for number in range(TABS)]
    for each in floods:
        each.start()
    until(lambda: len(bob.heard("message", room=room)) >= 50, what="nothing came")
    ban = {"room": room, "action": "ban", "user": unlimited.people["p0002"].id, "reason": "flood", "seconds": 600}
    assert alice.call("moderate", ban)["ok"]
    is_banned.set()
    head = _newest(alice, room)
    for each in floods:
        each.join()

    outcomes = [[_outcome(tab.answer_to(packet)) for packet in sent] for tab, sent in zip(tabs, packets, strict=True)]
    after = Counter(outcome for each, before in zip(outcomes, sent_before, strict=True) for outcome in each[before:])
    assert after == {"banned": ATTEMPTS}
    # What was on its way when the ban came is stored before it, or refused.
    assert sum(each.count("ok") for each in outcomes) == head
    assert {outcome for each in outcomes for outcome in each} == {"ok", "banned"}
    assert _newest(alice, room) == head
    for tab in tabs:
        assert tab.hears("removed", room=room)["reason"] == "flood"
    alice.call("send", {"room": room, "client_id": "after-the-flood", "text": "quiet"})
    bob.hears("message", room=room, text="quiet")
    assert [payload["seq"] for payload in bob.heard("message", room=room)] == list(range(1, head + 2))
    for client in (alice, bob, *tabs):
        client.close()
