"""Whom a text names."""

import json
import time
from pathlib import Path

import pytest

from chat.domain.mentions import MOST_NAMED, Named, named_in

TEXTS = json.loads((Path(__file__).parents[2] / "rules/text.json").read_text())
RULES = json.loads((Path(__file__).parents[2] / "rules/mentions.json").read_text())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("no one here", ()),
        ("@alice", ("alice",)),
        ("Hello @Alice, and @BOB!", ("alice", "bob")),
        ("(@alice) *@bob* _@carol_ **@dora**", ("alice", "bob", "carol", "dora")),
        ("@alice @alice @ALICE", ("alice",)),
        ("ask @alice.", ("alice",)),
        ("ask @alice.She knows", ("alice.she alice",)),
        ("@al-so_so.long", ("al-so_so.long al-so_so al-so al",)),
        ("@alice's turn", ("alice",)),
        ("@42", ("42",)),
        ("line\n@alice\n@bob", ("alice", "bob")),
    ],
)
def test_names_are_found_where_people_write_them(text, names):
    assert named_in(text) == Named(False, names)


@pytest.mark.parametrize(
    "text",
    [
        "mail alice@example.org or @alice@example.org",
        "https://example.org/@alice",
        r"\@alice",
        "@@alice",
        "a@alice_b",
        "@ alice",
        "`@alice` and ``x ` @alice``",
        "```\n@alice\n```",
        "``` python\n@alice",
        "> @alice said so",
        "  > @alice said so",
        "@" + "a" * 31,
    ],
)
def test_addresses_code_and_quotations_name_nobody(text):
    assert named_in(text) == Named()


def test_what_follows_code_and_quotations_counts_again():
    text = "> @quoted\n@alice `@code` @bob `` ` ```x @carol\n```\n@fenced\n```\n@dora ` @erin"
    assert named_in(text).names == ("alice", "bob", "carol", "dora", "erin")


def test_everyone_is_named_by_the_room():
    assert named_in("@room, dinner!") == Named(True)
    assert named_in("@Room and @alice") == Named(True, ("alice",))
    assert named_in("@room.mate") == Named(False, ("room.mate room",))
    assert named_in("`@room`") == Named()


def test_one_message_names_a_few():
    text = " ".join(f"@person{number}" for number in range(100)) + " @room"
    assert len(named_in(text).names) == MOST_NAMED
    assert named_in(text).everyone


@pytest.mark.parametrize("unit", ["`", "@", "@a", "@a.", "``` ", "`x", "> ", "@a`", "\n```", "- ", "1. ", "a```\n"])
def test_no_text_takes_long(unit):
    text = (unit * 20_000)[:20_000]
    began = time.process_time()
    named_in(text)
    assert time.process_time() - began < 0.2


def test_letters_before_a_name_cost_as_little_in_any_script():
    """The whole expression was tried at each of them: 2 ms a message for letters that are no ASCII, 8 on a busy host."""
    plain, hostile = "a" * 7_000 + " @a" + "1" * 900, "\u3164" * 7_000 + "\ufdfb@a" + "1" * 900
    assert _cost(hostile) < 5 * _cost(plain)
    assert _cost(hostile) < 0.001


def _cost(text: str) -> float:
    """The seconds that it takes at best."""
    costs = []
    for _ in range(20):
        began = time.process_time()
        named_in(text)
        costs.append(time.process_time() - began)
    return min(costs)


@pytest.mark.parametrize("case", RULES["spellings"], ids=lambda case: case["name"])
def test_a_name_is_spelt_as_in_the_page(case):
    assert named_in(f"@{case['name']}").names == ((" ".join(case["spelt"]),) if case["spelt"] else ())


@pytest.mark.parametrize("case", RULES["repeated"], ids=lambda case: case["part"])
def test_a_name_without_an_end_is_spelt_as_in_the_page(case):
    [spelt] = named_in(f"@{case['part'] * case['times']}a").names or [""]
    assert len(spelt.split()) == case["spelt"]


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind["kind"])
def test_a_text_names_whom_the_page_shows_as_named(kind):
    for case in kind["cases"]:
        named = [name.split()[-1] for name in named_in(case["typed"]).names]
        assert named == case.get("names", []), case["typed"]
