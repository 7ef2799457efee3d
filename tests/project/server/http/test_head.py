"""Header fields are read strictly: what is broken, doubled or hidden gets 400, never a second meaning."""

import time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from project.server.http.head import MOST_FIELDS, MOST_LINE_BYTES, Head, read_head


def _read(text: bytes) -> Head:
    return read_head(BytesIO(text))


def test_fields_are_found_in_any_case_and_without_the_space_around_them() -> None:
    head = _read(b"Host: parley.example\r\nCOOKIE:\t a=1; b=2 \r\nContent-Type: text/plain\r\nX-Empty:\n\r\nbody")
    assert not head.status
    assert head.get("host") == "parley.example"
    assert head.get("Cookie") == head.getheader("cookie") == "a=1; b=2"
    assert head.typeheader == "text/plain"
    assert head.get("nothing") is None
    assert list(head.variables()) == [("HTTP_HOST", "parley.example"), ("HTTP_COOKIE", "a=1; b=2"), ("HTTP_X_EMPTY", "")]


def test_the_body_is_left_alone() -> None:
    stream = BytesIO(b"A: 1\r\n\r\nB: 2\r\n")
    read_head(stream)
    assert stream.read() == b"B: 2\r\n"


def test_a_field_that_comes_twice_is_given_twice() -> None:
    head = _read(b"X-Forwarded-For: mallory\r\nX-Forwarded-For: proxy\r\n\r\n")
    assert [value for _, value in head.variables()] == ["mallory", "proxy"]
    assert head.get("x-forwarded-for") == "mallory"


def test_an_underscore_passes_for_no_hyphen() -> None:
    assert list(_read(b"X_Forwarded_For: mallory\r\n\r\n").variables()) == []


def test_a_field_may_be_taken_away() -> None:
    head = _read(b"Content-Length: 3\r\nHost: a\r\n\r\n")
    del head["content-length"]
    assert head.get("Content-Length") is None
    with pytest.raises(KeyError):
        del head["content-length"]


@pytest.mark.parametrize(
    "text",
    [
        b"no colon\r\n\r\n",
        b"Host : a\r\n\r\n",
        b" Host: a\r\n\r\n",
        b"Host: a\r\n folded\r\n\r\n",
        b": empty name\r\n\r\n",
        b"Host: a\x00b\r\n\r\n",
        b"Host: a\rb\r\n\r\n",
        b"Host: it ends here",
        b"Host: it ends here\r\n",
        b"",
        b"X: " + b"x" * MOST_LINE_BYTES + b"\r\n\r\n",
        b"X: 1\r\n" * (MOST_FIELDS + 1) + b"\r\n",
        b"Content-Length: 1\r\ncontent-length: 1\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
        b"Host: a\r\nHost: b\r\n\r\n",
        b"Content-Length: +0\r\n\r\n",
        b"Content-Length: 1_0\r\n\r\n",
        b"Content-Length: \xa00\r\n\r\n",
        b"Content-Length: \x0b0\r\n\r\n",
        b"Content-Length: \r\n\r\n",
        b"Content-Length: 1, 1\r\n\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n",
        b"Transfer-Encoding: identity\r\n\r\n",
        b"Transfer-Encoding: \x0bchunked\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
    ],
)
def test_what_could_be_read_differently_is_refused(text: bytes) -> None:
    assert _read(text).status


class _Gone(BytesIO):
    def readline(self, size: int | None = -1) -> bytes:
        raise ConnectionResetError


@pytest.mark.parametrize("filling", [b" ", b"\t ", b"a", b": ", b"a:"])
def test_a_long_line_takes_no_longer_for_being_wrong(filling: bytes) -> None:
    began = time.thread_time()
    for end in (b"", b"\x00\r\n", b"\r\r\n"):
        assert _read(b"X:" + filling * (MOST_LINE_BYTES // len(filling) - 10) + end).status
    assert time.thread_time() - began < 0.5


def test_a_client_that_hangs_up_has_said_nothing() -> None:
    assert read_head(_Gone()).status


@given(st.binary())
def test_nothing_raises(text: bytes) -> None:
    assert isinstance(_read(text), Head)
