"""The cases of tests/rules/mentioned.json, as recovery counts them: bob (2) writes, alice (1) and dora (4) read."""

import json
from pathlib import Path

import pytest

from chat.archive.recounting import recount
from chat.live.recovery import Tail

CASES = json.loads((Path(__file__).parents[2] / "rules/mentioned.json").read_text())
BOB = {"id": 2, "handle": "bob", "name": "Bob"}


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_whose_mention_a_message_is(case):
    message = json.dumps({"seq": 1, "author": BOB, "text": "hello", "mentions": case["mentions"]}).encode()
    counted = recount(7, 1, {}, (), Tail([message], {}), {2: case["blocked_by"]}).mentions
    # Of each kind, as scripts add them up: what names a person, what names everyone, less what names everyone but them.
    kinds = {user_id: [len(counted.get(kind, ())) for kind in (user_id, 0, -user_id)] for user_id in (1, 2, 4)}
    assert [user_id for user_id, (own, everyone, less) in kinds.items() if own + everyone - less] == case["counts_for"]
