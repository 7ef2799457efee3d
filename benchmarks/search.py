"""How long a search takes among a million messages, asked over HTTP by who is in all rooms and by who is in few.

On SQLite, or with DATABASE_URL on an empty database of PostgreSQL's.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, cycle, islice
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from benchmarks.report import LATENCY_HEADS, Wrong, latency_cells, percentile, print_table
from benchmarks.throwaway import Guest, ThrowawayServer

MESSAGES = 1_000_000
ROWS = 5_000
ROOMS = 200
AUTHORS = 500
FEW_ROOMS = 5
VOCABULARY = 60_000
MS_BETWEEN = 30_000
ASKED = 100
# A person may ask twenty times at once; nobody here asks more often.
GUESTS = 80
PROMISED_MS = 100

Ask = Callable[[random.Random], str]


class Language:
    """Made-up words, of which few are said often and most hardly ever, as in any language."""

    def __init__(self, chance: random.Random) -> None:
        syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            words["".join(chance.choices(syllables, k=1 + (len(words) > 40) + (len(words) > 2_000)))] = None
        self.words = list(words)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self._chance = chance

    def text(self) -> str:
        """Return a message of two to sixty words, most of them short."""
        length = min(60, 2 + int(self._chance.expovariate(1 / 12)))
        return " ".join(self._chance.choices(self.words, cum_weights=self._weights, k=length))


def run(server: ThrowawayServer) -> None:
    """Fill the archive and ask; raises Wrong where a search is refused or finds what is not there."""
    chance = random.Random(1)
    language = Language(chance)
    began = time.perf_counter()
    everywhere, somewhere, rooms = _settle(server)
    handles = _fill(language, chance, rooms)
    print(f"{MESSAGES:,} messages in {ROOMS} rooms, a sixth of them in one; filled in {time.perf_counter() - began:.0f} s")
    rows: list[list[str]] = []
    slow: list[str] = []
    for guests, who in ((everywhere, f"in all {ROOMS} rooms"), (somewhere, f"in {FEW_ROOMS} small rooms")):
        for name, ask in _kinds(language, handles, [slug for _, slug in rooms]).items():
            cpu_before = _cpu_seconds(server.process)
            seconds = [_search(server, guest, ask(chance)) for guest in islice(guests, ASKED)]
            cpu = (_cpu_seconds(server.process) - cpu_before) / ASKED
            rows.append([f"{name}, by who is {who}", *latency_cells(seconds), f"{cpu * 1000:.1f}"])
            if percentile(seconds, 0.95) * 1000 > PROMISED_MS:
                slow.append(rows[-1][0])
    print_table(["", *LATENCY_HEADS, "CPU ms"], rows)
    print("Slower than promised: " + "; ".join(slow) if slow else f"Every p95 is under {PROMISED_MS} ms")


def _kinds(language: Language, handles: Sequence[str], slugs: Sequence[str]) -> dict[str, Ask]:
    words = language.words

    def common(chance: random.Random) -> str:
        return chance.choice(words[:40])

    def ordinary(chance: random.Random) -> str:
        return chance.choice(words[200:2_000])

    def rare(chance: random.Random) -> str:
        return chance.choice(words[20_000:])

    def day(chance: random.Random) -> str:
        return time.strftime("%Y-%m-%d", time.gmtime(time.time() - chance.uniform(0.1, 0.9) * MESSAGES * MS_BETWEEN / 1000))

    return {
        "a common word": common,
        "an ordinary word": ordinary,
        "a rare word": rare,
        "the beginning of words": lambda chance: ordinary(chance)[:3],
        "three words": lambda chance: f"{common(chance)} {ordinary(chance)} {common(chance)}",
        "a phrase of common words": lambda chance: f'"{common(chance)} {common(chance)}"',
        "from: and a common word": lambda chance: f"from:{chance.choice(handles)} {common(chance)}",
        "from:": lambda chance: f"from:{chance.choice(handles)}",
        "in: and a common word": lambda chance: f"in:{chance.choice(slugs)} {common(chance)}",
        "before: and a common word": lambda chance: f"before:{day(chance)} {common(chance)}",
        "after: and a rare word": lambda chance: f"after:{day(chance)} {rare(chance)}",
    }


def _search(server: ThrowawayServer, guest: Guest, query: str) -> float:
    request = Request(f"{server.url}/search/?{urlencode({'q': query})}", headers={"Cookie": guest.cookie})
    began = time.perf_counter()
    try:
        with urlopen(request, timeout=30) as response:
            answer = json.load(response)
    except HTTPError as error:
        raise Wrong(f"{query} was refused: {error.read().decode()}") from error
    seconds = time.perf_counter() - began
    sent = [hit["sent_at"] for hit in answer["results"]]
    if sent != sorted(sent, reverse=True):
        raise Wrong(f"{query}: the newest does not come first")
    return seconds


def _cpu_seconds(process: int) -> float:
    """What the kernel counts for the server, its threads included: beside the latency, which others lengthen."""
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _settle(server: ThrowawayServer) -> tuple[Iterator[Guest], Iterator[Guest], list[tuple[int, str]]]:
    """Return those who are in all rooms and those who are in few, in turn, and the rooms with their slugs."""
    from chat.models import Membership, Room

    guests = server.invite(2 * GUESTS)
    rooms = Room.objects.bulk_create(
        Room(name=f"room {number}", slug=f"room-{number}", kind="private", created_by_id=guests[0].id)
        for number in range(ROOMS)
    )
    everywhere, somewhere = guests[:GUESTS], guests[GUESTS:]
    small = rooms[-FEW_ROOMS:]
    for people, theirs in ((everywhere, rooms), (somewhere, small)):
        Membership.objects.bulk_create(Membership(room=room, user_id=guest.id) for room in theirs for guest in people)
    return cycle(everywhere), cycle(somewhere), [(room.pk, room.slug) for room in rooms]


def _fill(language: Language, chance: random.Random, rooms: Sequence[tuple[int, str]]) -> list[str]:
    """Return the authors' handles."""
    from django.db import connection, transaction

    from accounts.models import User
    from chat.archive.search.index import index_of
    from chat.archive.search.terms import IndexEntry
    from chat.models import Message

    authors = User.objects.bulk_create(
        User(handle=f"author{number}", name=f"Author {number}", email=f"a{number}@bench.example") for number in range(AUTHORS)
    )
    index = index_of(connection)
    messages = _messages(language, chance, [room_id for room_id, _ in rooms], authors)
    for _ in range(MESSAGES // ROWS):
        with transaction.atomic():
            made = Message.objects.bulk_create(islice(messages, ROWS))
            index.put([IndexEntry(each.pk, each.room_id, each.author_id, each.sent_at, each.text) for each in made])
    return [author.handle for author in authors]


def _messages(language: Language, chance: random.Random, rooms: Sequence[int], authors: Sequence[Any]) -> Iterator[Any]:
    from chat.models import Message

    room_weights = list(accumulate(1 / rank for rank in range(1, len(rooms) + 1)))
    author_weights = list(accumulate(1 / (rank + 5) for rank in range(len(authors))))
    now = int(time.time() * 1000)
    seqs = dict.fromkeys(rooms, 0)
    for number in range(MESSAGES):
        [room], [author] = chance.choices(rooms, cum_weights=room_weights), chance.choices(authors, cum_weights=author_weights)
        seqs[room] += 1
        fields = {
            "seq": seqs[room],
            "epoch": "filled",
            "sent_at": now - (MESSAGES - number) * MS_BETWEEN,
            "text": language.text(),
        }
        told = {"room": room, "author": {"id": author.pk, "handle": author.handle, "name": author.name}, **fields}
        yield Message(room_id=room, author_id=author.pk, rest=json.dumps(told, separators=(",", ":")), **fields)
