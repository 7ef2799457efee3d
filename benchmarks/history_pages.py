"""How long a reader waits for a page of a room with a million messages: the newest, and anywhere far back."""

import json
import random
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.client import Acknowledgement, ChatClient
from benchmarks.report import LATENCY_HEADS, Wrong, latency_cells, print_table
from benchmarks.throwaway import Guest, ThrowawayServer

MESSAGES = 1_000_000
ROWS = 10_000
OPENINGS = 200
PLACES = 300
PAGES = 5
LIMIT = 50
# Half a minute between two messages: most are older than the time in which a resend is recognised.
MS_BETWEEN = 30_000
TEXT = "The quick brown fox jumps over the lazy dog, and over again. " * 2


def run(server: ThrowawayServer) -> None:
    """Fill the archive, let Redis lose the room and get it back, then open it and page back from anywhere."""
    [guest] = server.invite(1)
    room = server.open_room([guest])
    began = time.perf_counter()
    _fill(room, guest)
    in_redis = _bring_back(room)
    print(f"{MESSAGES:,} messages in one room, the newest {in_redis:,} in Redis; filled in {time.perf_counter() - began:.0f} s")
    client = ChatClient(server.url, guest.cookie)
    opened = [client.ask("sync", {"rooms": {}}) for _ in range(OPENINGS)]
    if [message["seq"] for message in opened[-1].answer["rooms"][0]["messages"]] != list(range(MESSAGES - 49, MESSAGES + 1)):
        raise Wrong("the newest messages are not what was sent last")
    jumped, paged = _page_back(client, room)
    newest = [client.ask("history", {"room": room, "limit": LIMIT}) for _ in range(OPENINGS)]
    rows = [("open the room", opened), ("the newest page", newest), ("jump anywhere", jumped), ("page back from there", paged)]
    print_table(["", *LATENCY_HEADS], [[name, *latency_cells([each.seconds for each in asked])] for name, asked in rows])
    client.close()


def _page_back(client: ChatClient, room: int) -> tuple[list[Acknowledgement], list[Acknowledgement]]:
    jumped: list[Acknowledgement] = []
    paged: list[Acknowledgement] = []
    chance = random.Random(1)
    for _ in range(PLACES):
        around = chance.randint(PAGES * LIMIT * 2, MESSAGES)
        jumped.append(client.ask("history", {"room": room, "around": around, "limit": LIMIT}))
        first = _first_seq(jumped[-1].answer, around - LIMIT // 2)
        for _ in range(PAGES):
            paged.append(client.ask("history", {"room": room, "before": first, "limit": LIMIT}))
            first = _first_seq(paged[-1].answer, first - LIMIT)
    return jumped, paged


def _first_seq(answer: dict[str, Any], expected: int) -> int:
    seqs = [message["seq"] for message in answer["messages"]]
    if not seqs or seqs != list(range(expected, expected + len(seqs))):
        raise Wrong(f"a page that should begin at {expected} does not follow")
    return expected


def _fill(room: int, guest: Guest) -> None:
    from django.db import transaction

    from chat.models import ArchiveState, Message

    for start in range(1, MESSAGES + 1, ROWS):
        with transaction.atomic():
            Message.objects.bulk_create(_messages(room, guest, start))
    ArchiveState.objects.update_or_create(room_id=room, defaults={"seq": MESSAGES, "epoch": "filled"})


def _messages(room: int, guest: Guest, start: int) -> Iterator[Any]:
    from chat.models import Message

    now = int(time.time() * 1000)
    author = {"id": guest.id, "handle": guest.handle, "name": guest.handle}
    for seq in range(start, start + ROWS):
        fields = {
            "client_id": f"filled-{seq:08}",
            "text": TEXT,
            "sent_at": now - (MESSAGES - seq) * MS_BETWEEN,
            "epoch": "filled",
        }
        payload = json.dumps({"room": room, "seq": seq, "author": author, "kind": "text", **fields}, separators=(",", ":"))
        yield Message(room_id=room, seq=seq, author_id=guest.id, rest=payload, **fields)


def _bring_back(room: int) -> int:
    """Return how many messages Redis then holds."""
    from chat.live.live_state import live_state
    from chat.live.redis import keys
    from chat.sync.recovery import recover

    client = live_state().client
    client.delete(keys.room(room))
    recover([room])
    return int(client.llen(keys.log(room)))
