"""What clients say in Engine.IO's and Socket.IO's language: packets, nearly packets, and nothing of the kind."""

import json
from random import Random

# What the application of the fuzzer's server does something for, and what others have tripped over.
EVENTS = ("echo", "flood", "shout", "shout", "leave", "close", "slow", "connect", "disconnect", "__proto__", "send", "sync", "")
NAMESPACES = ("", "", "/,", "/other,", "/other", "/nowhere,", "/chat,", "/,,", "/a?b=c,", "/" + "n" * 300 + ",")
_WORDS = ("x", "", "4", "2probe", "3probe", "6", "5", "[", "{", "}", "4[[[[", "\x1e", "\ufffd", "\ud7ff", "٣", "e" * 200)
_NUMBERS = ("", "", "", "0", "7", "00", "-1", "9" * 16, "9" * 17, "9" * 400, "1.5", "٣")
_COUNTS = ("", "0-", "1-", "1-", "2-", "2-", "3-", "9999-", "99999-", "-", "1")


def engine_text(random: Random) -> str:
    """Return one Engine.IO packet, more or less."""
    if random.random() < 0.75:
        return "4" + socket_text(random)
    return random.choice("0123456789b") + random.choice(("", "", "probe", *_WORDS))


def socket_text(random: Random) -> str:
    """Return one Socket.IO packet, more or less."""
    if random.random() < 0.1:
        return random.choice(_WORDS)
    kind = random.choice("0122222223345566789")
    count = random.choice(_COUNTS) if kind in "56" or random.random() < 0.05 else ""
    return kind + count + random.choice(NAMESPACES) + random.choice(_NUMBERS) + _body(random, kind)


def _body(random: Random, kind: str) -> str:
    if kind in "014" and random.random() < 0.8:
        return random.choice(("", "{}", '{"token":1}', "[]", "null", '{"a":"\\ud800"}'))
    if random.random() < 0.75:
        return json.dumps([random.choice(EVENTS), *(_value(random, 3) for _ in range(random.randint(0, 2)))])
    if random.random() < 0.1:
        depth = random.choice((10, 1_000, 50_000))
        return random.choice(("[" * depth, "[" * depth + "]" * depth, "[" + '{"a":' * depth + "1" + "}" * depth + "]"))
    return random.choice(
        ("[", "]", "[]", "{}", '["a",]', '["\\ud800"]', "[NaN]", "[1e999]", '["a"] ', "[\x00]", '[{"a":1,"a":2}]')
    )


def _value(random: Random, depth: int) -> object:
    if depth and random.random() < 0.3:
        return [_value(random, depth - 1) for _ in range(random.randint(0, 3))]
    if depth and random.random() < 0.3:
        return {random.choice(("room", "seq", "text", "__proto__", "a")): _value(random, depth - 1)}
    return random.choice(
        (None, True, 0, -1, 2**53, 10**30, 1.5, "", "x", "€" * 50, {"_placeholder": True, "num": random.choice((0, 1, 99))})
    )
