"""Looks for texts that cost more than they weigh, on the server and in the page: `make fuzz-cost MINUTES=10 SEED=n`."""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# Of the time, what the page's renderer gets; it is another process beside this one.
PAGE_TEXTS_AT_ONCE = 40


def main() -> int:
    """Print what was found; return how much that was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    found = fuzz(options.seed, options.minutes * 60)
    print(f"seed {options.seed}: {len(found)} found")
    return min(len(found), 100)


def fuzz(seed: int, seconds: float) -> list[str]:
    """Return what costs too much, in words; the same seed tries the same texts in the same order."""
    from tests.fuzz.cost.fields import fields
    from tests.fuzz.cost.judging import judge
    from tests.fuzz.cost.texts import random_text

    chance, tried, found, deadline = random.Random(seed), 0, [], time.monotonic() + seconds
    everywhere = fields()
    while time.monotonic() < deadline:
        for field in everywhere:
            dear = judge(field, random_text(chance, field.most))
            tried += 1
            if dear:
                found.append(str(dear))
                print(dear, flush=True)
        found += (
            in_page([random_text(chance, 8_000) for _ in range(PAGE_TEXTS_AT_ONCE)]) if tried % 400 < len(everywhere) else []
        )
    print(f"{tried} texts tried on the server")
    return found


def in_page(texts: list[str]) -> list[str]:
    """Return what the page's renderer finds too dear among these texts, in words."""
    spoken = subprocess.run(
        ["node", "tests/fuzz/cost/page.js"], cwd=ROOT, input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(spoken.stdout)
    for each in found:
        print(each, flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
