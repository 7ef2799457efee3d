"""H3: a search in a room of long messages stopped the server for 1 to 5 s: each hit was taken apart three times."""

import time

import pytest

LETTERS = {"ligatures": "ﷺ", "accents": "é\u0316 ", "emoji": "😀", "han": "東京"}


@pytest.mark.parametrize("letters", LETTERS.values(), ids=LETTERS)
def test_a_search_through_long_messages_holds_nobody_up(bystander, mallory, letters):
    def prepare():
        mal = mallory()
        texts = [f"{index} {letters * 8_000}"[: 7_000 if len(letters.encode()) < 3 else 2_600] for index in range(55)]
        mal.send(texts)
        wait_for_hits(mal)
        return lambda: mal.get("/search/", q=f"in:{mal.room['slug']}")

    bystander.is_not_kept_waiting(prepare)


def wait_for_hits(mal):
    deadline = time.monotonic() + 30
    while not (found := mal.get("/search/", q=f"in:{mal.room['slug']}").json()).get("results"):
        assert time.monotonic() < deadline, found
        time.sleep(1)
