"""A message's JSON, divided into columns and rest, is the same again byte by byte."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.domain.message_json import Columns, is_whole, rest_of, whole
from chat.domain.types import Author

ALICE = Author(7, "alice", "Alice")
PLAIN = Columns(3, 9, "0123456789ab", 1_790_000_000_000, "client-1", ALICE, "hello", "text")


def _payload(columns, **more):
    """What append.lua stores."""
    said = {"client_id": columns.client_id, "author": columns.author, "text": columns.text, "kind": columns.kind}
    numbered = {"room": columns.room_id, "seq": columns.seq, "epoch": columns.epoch, "sent_at": columns.sent_at}
    return msgspec.json.encode({**numbered, **said, **more})


@given(text=st.text(), name=st.text(), client_id=st.text())
def test_a_plain_message_needs_no_rest_whatever_it_says(text, name, client_id):
    columns = PLAIN._replace(text=text, client_id=client_id, author=Author(7, "alice", name))
    payload = _payload(columns)
    assert rest_of(columns, payload) == b""
    assert whole(columns, b"") == payload


@given(more=st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.integers()), max_size=3))
def test_further_members_are_the_rest(more):
    payload = _payload(PLAIN, **{f"x{name}": value for name, value in more.items()})
    rest = rest_of(PLAIN, payload)
    assert whole(PLAIN, rest) == payload
    assert len(rest) < len(payload) - len(_payload(PLAIN)) + 1


@pytest.mark.parametrize(
    "payload",
    [
        b'{"seq":9,"room":3}',
        b"{}",
        _payload(PLAIN).replace(b'"hello"', b'"hell\\u006f"'),
        _payload(PLAIN).replace(b'"text":"hello"', b'"text":"edited since"'),
        _payload(PLAIN)[:-1] + b"x}",
        _payload(PLAIN) + b" ",
    ],
)
def test_what_the_columns_say_otherwise_is_kept_whole(payload):
    rest = rest_of(PLAIN, payload)
    assert rest == payload
    assert is_whole(rest)
    assert whole(PLAIN._replace(text="edited again"), rest) == payload
