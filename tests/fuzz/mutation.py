"""Damage done to bytes, as networks, other programs and attackers do it."""

from collections.abc import Iterator
from random import Random

# Where lengths and signs change their meaning.
TELLING = bytes((0x00, 0x01, 0x7D, 0x7E, 0x7F, 0x80, 0x81, 0x88, 0x89, 0xC0, 0xED, 0xFE, 0xFF, 0x1E))

# Of what is repeated: five megabytes of empty frames take seconds to read in the best of ways.
_MOST_REPEATED = 500_000


def damaged(random: Random, content: bytes) -> bytes:
    """Return the bytes with a few changes, or as they are."""
    changed = bytearray(content)
    for _ in range(random.choice((0, 0, 1, 1, 2, 5))):
        _damage(random, changed)
    return bytes(changed)


def cut(random: Random, content: bytes) -> Iterator[bytes]:
    """Give the bytes in pieces, none of them empty."""
    longest = max(random.choice((1, 2, 3, 8, 100, 5_000, len(content) + 1)), len(content) // 200)
    while content:
        size = random.randint(1, longest)
        yield content[:size]
        content = content[size:]


def _damage(random: Random, content: bytearray) -> None:
    start = random.randint(0, len(content))
    end = min(len(content), start + random.choice((1, 1, 2, 4, 16, 1_000)))
    match random.randrange(7):
        case 0:
            del content[start:end]
        case 1:
            content[start:start] = content[start:end]
        case 2:
            content[start:start] = random.randbytes(random.choice((1, 2, 14, 200)))
        case 3:
            content[start : start + 1] = bytes((random.choice(TELLING),))
        case 4 if start < len(content):
            content[start] ^= 1 << random.randrange(8)
        case 5:  # what takes time to the square of its length shows it
            repeated = random.choice((b" ", b"[", b"a", b"9", b"\x1e", b"\x00", bytes(content[start:end])))
            content[start:start] = (repeated * 5_000)[:_MOST_REPEATED]
        case _:
            del content[start:]
