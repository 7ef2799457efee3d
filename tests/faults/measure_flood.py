"""Row 17: what others wait for while somebody floods a room and is refused. `python -m tests.faults.measure_flood`."""

import json
import multiprocessing
import time
from collections import Counter

from tests.faults.world import World
from tests.support.wire_client import WireClient

PER_SECOND = 1_000
SAID, PAUSE = 200, 0.05
# What alice says is within it, and what mallory sends is fifty times as much.
LIMIT = "250/10s"


def main() -> None:
    """Print p50 and p99 in ms, from alice's press to bob's screen on the other server: before, in the flood, after it."""
    world = World(people=3, rooms=1, servers=2, LIMITS="on", LIMIT_MESSAGES=LIMIT, LIMIT_REPEATS="1000/m")
    try:
        room = world.fresh_room()
        print("quiet  ", _figures(world, room, "before"))
        context = multiprocessing.get_context("spawn")
        is_over, refused = context.Event(), context.Queue()
        mallory = world.people["p0002"].cookie
        flood = context.Process(target=_flood, args=[world.servers[0].port, mallory, room, is_over, refused])
        flood.start()
        time.sleep(2.0)
        print("flooded", _figures(world, room, "during"))
        is_over.set()
        print("answers", refused.get(timeout=60))
        flood.join()
        print("quiet  ", _figures(world, room, "after"))
    finally:
        world.close()


def _flood(
    port: int, cookie: str, room: int, is_over: "multiprocessing.synchronize.Event", refused: "multiprocessing.Queue[object]"
) -> None:
    client, began = WireClient(port, cookie), time.monotonic()
    sent: list[int] = []
    while not is_over.is_set():
        request = {"room": room, "client_id": f"flood-{len(sent):06}", "text": f"flood {len(sent)}"}
        sent.append(client.send_raw(json.dumps(["send", request])))
        time.sleep(max(0.0, began + len(sent) / PER_SECOND - time.monotonic()))
    answers = [client.answer_to(packet) for packet in sent]
    outcomes = Counter("ok" if answer["ok"] else str(answer["error"]["code"]) for answer in answers)
    refused.put({**outcomes, "a second": round(len(sent) / (time.monotonic() - began))})
    client.close()


def _figures(world: World, room: int, name: str) -> str:
    alice, bob = (WireClient(world.servers[n].port, world.people[f"p{n:04}"].cookie) for n in (0, 1))
    times = []
    for number in range(SAID):
        text = f"{name} {number}"
        began = time.monotonic()
        packet = alice.send_raw(json.dumps(["send", {"room": room, "client_id": f"{name}-{number:06}", "text": text}]))
        bob.hears("message", room=room, text=text)
        times.append((time.monotonic() - began) * 1000)
        assert alice.answer_to(packet)["ok"]
        time.sleep(PAUSE)
    for client in (alice, bob):
        client.close()
    ordered = sorted(times)
    return f"p50 {ordered[SAID // 2]:.1f} ms, p99 {ordered[SAID * 99 // 100]:.1f} ms"


if __name__ == "__main__":
    main()
