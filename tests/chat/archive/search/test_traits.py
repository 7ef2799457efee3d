"""What a text has beside words, as the page shows it."""

import json
import re
import time
from pathlib import Path

import pytest

from chat.archive.search.traits import _WELL_KNOWN, traits_of

CASES = [case for kind in json.loads(Path("tests/rules/text.json").read_text()) for case in kind["cases"]]
# Code between backticks ends with an item or a heading on the page; here it may reach over the end of one.
NOT_TOLD_APART = {"- `a\nb` @ada", "# `@ada\n@bob`"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["typed"])[:40])
def test_links_and_code_are_those_of_the_page(case):
    if case["typed"] in NOT_TOLD_APART:
        return
    shown = case.get("as", {})
    assert traits_of(case["typed"]) == ["link"] * ("a" in shown) + ["code"] * ("pre" in shown or "code" in shown)


def test_the_endings_of_bare_hosts_are_those_of_the_page():
    script = Path("static/js/markdown/rules/bare_hosts.js").read_text()
    [endings] = re.findall(r"WELL_KNOWN = new Set\(`([^`]+)`", script)
    assert set(_WELL_KNOWN.split("|")) == set(endings.split())


def test_no_text_takes_long():
    runs = "".join("`" * (number % 90 + 1) + "a" for number in range(170))
    texts = ["`" * 8_000, "` " * 4_000, "``a" * 2_600, "`" + "``a" * 2_600, runs, "a." * 4_000, "<a@" * 2_600, "~~~\n" * 2_000]
    started = time.thread_time()
    for text in texts:
        traits_of(text)
    assert time.thread_time() - started < 0.2
