import json
from pathlib import Path

import pytest

from chat.domain.room_rules import includes, rules_of

CASES = json.loads((Path(__file__).parents[2] / "rules/writers.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['state']}-{case['role']}")
def test_who_may_write_and_edit(case):
    rules = rules_of(case["state"])
    assert (rules.writers, rules.editors) == (case["writers"], case["editors"])
    assert includes(rules.writers, case["role"]) is case["writes"]
    assert includes(rules.editors, case["role"]) is case["edits"]


def test_outside_nobody_writes():
    assert not any(includes(circle, None) for circle in ("everyone", "moderators", "nobody"))
