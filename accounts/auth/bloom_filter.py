"""A Bloom filter: a set that takes two bytes a member, never misses one, and rarely takes another text for one."""

import math
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Self


class BloomFilter:
    """Texts, of which only bits are kept; `hashes` bits stand for each. Bloom, CACM 13 (1970)."""

    def __init__(self, bits: bytes | bytearray, hashes: int) -> None:
        self._bits = bits
        self._hashes = hashes

    @classmethod
    def of(cls, texts: Iterable[str], error_rate: float) -> Self:
        """Return a filter of these texts that takes so many of all others for one of them, as 0.0001."""
        members = set(texts)
        size = math.ceil(-len(members) * math.log(error_rate) / math.log(2) ** 2 / 8)
        found = cls(bytearray(size), round(size * 8 / len(members) * math.log(2)))
        for text in members:
            for at in found._places(text):
                found._bits[at >> 3] |= 1 << (at & 7)  # type: ignore[index]  # a bytearray until it is stored
        return found

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return a filter that `write` has stored."""
        stored = path.read_bytes()
        return cls(stored[1:], stored[0])

    def write(self, path: Path) -> None:
        """Store the filter: the number of hashes in a byte, then the bits."""
        path.write_bytes(bytes([self._hashes]) + self._bits)

    def __contains__(self, text: str) -> bool:
        return all(self._bits[at >> 3] & 1 << (at & 7) for at in self._places(text))

    def _places(self, text: str) -> Iterator[int]:
        """The bits of a text: by two hashes, which are as good as many (Kirsch and Mitzenmacher, 2006)."""
        digest = blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
        first, second = int.from_bytes(digest[:8]), int.from_bytes(digest[8:]) | 1
        for number in range(self._hashes):
            yield (first + number * second) % (len(self._bits) * 8)
