"""The header fields of an HTTP request: what two programs in a row might read differently is refused (request smuggling).

Python's own reader takes them for an e-mail's: lenient about broken lines, and a ninth of what opening a connection cost.
"""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

MOST_FIELDS = 100
MOST_LINE_BYTES = 16 * 1024
# Of all fields together, which is what proxies let through: 1.6 MB of cookies took 140 ms to be taken apart.
MOST_BYTES = 32 * 1024

# RFC 9110, 5.6.2 and 5.5: no space before the colon, no folded lines, no NUL and no lone CR. The space around a value is
# cut off afterwards: looked for here, 16 kB of spaces would be tried in trillions of ways.
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\x00\r\n]*)\r?\n")
_DIGITS = re.compile(r"[0-9]{1,18}")
_ONCE = frozenset({"content-length", "host", "transfer-encoding"})
# WSGI gives these two names of their own.
_NAMED_OTHERWISE = frozenset({"content-type", "content-length"})


class Head:
    """The fields as pywsgi asks for them; `status` says what is wrong, where something is."""

    def __init__(self, fields: Sequence[tuple[str, str]], status: str = "") -> None:
        self.status = status
        self._fields = fields
        self._values = dict(reversed(fields))

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return the first value of this name, in whichever case it is asked for."""
        return self._values.get(name.lower(), default)

    getheader = get

    @property
    def typeheader(self) -> str | None:
        """The type of the body."""
        return self.get("content-type")

    def __delitem__(self, name: str) -> None:
        self._fields = [field for field in self._fields if field[0] != name.lower()]
        del self._values[name.lower()]

    def variables(self) -> Iterator[tuple[str, str]]:
        """Give the fields WSGI's names; one with "_" in its name could pass for another, and is left out.

        Cookies lose their backslashes, which ours do not have: Python before 3.11.10 and 3.12.6 takes them out of a quoted
        value in quadratic time (CVE-2024-7592), 0.8 s for 16 kB.
        """
        for name, value in self._fields:
            if name == "cookie":
                value = value.replace("\\", "")
            if "_" not in name and name not in _NAMED_OTHERWISE:
                yield "HTTP_" + name.replace("-", "_").upper(), value


def read_head(stream: BinaryIO) -> Head:
    """Read up to the empty line, and no further; a client that hangs up meanwhile has said nothing that counts."""
    try:
        return _read_fields(stream)
    except OSError:
        return Head((), "broken off")


def _read_fields(stream: BinaryIO) -> Head:
    fields: list[tuple[str, str]] = []
    size = 0
    for _ in range(MOST_FIELDS + 1):
        line = stream.readline(MOST_LINE_BYTES)
        size += len(line)
        if size > MOST_BYTES:
            return Head((), "too long a head")
        if line in (b"\r\n", b"\n"):
            return _checked(fields)
        field = _FIELD.fullmatch(line)
        if field is None:
            return Head((), "no header field")
        fields.append((field[1].decode().lower(), field[2].strip(b" \t").decode("latin-1")))
    return Head((), "too many header fields")


def _checked(fields: Sequence[tuple[str, str]]) -> Head:
    once = [name for name, _ in fields if name in _ONCE]
    if len(once) > len(set(once)):
        return Head((), "a field that may be there once is there twice")
    values = dict(fields)
    length, encoding = values.get("content-length"), values.get("transfer-encoding")
    # RFC 9112, 6: Python's int() also takes "+0", "1_0" and digits of other scripts, and pywsgi ignores unknown encodings.
    if length is not None and not _DIGITS.fullmatch(length):
        return Head((), "Content-Length is not a number")
    if encoding is not None and (encoding.lower() != "chunked" or length is not None):
        return Head((), "Transfer-Encoding is not chunked, or has a Content-Length beside it")
    return Head(fields)
