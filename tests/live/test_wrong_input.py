"""However wrong, every event that asks for an answer gets one, with a code of the list, and the connection goes on."""

import json
from collections.abc import Iterator

import pytest

from chat.domain.errors import Code
from chat.domain.protocol import REQUESTS
from tests.live.conftest import Connect
from tests.support.wire_client import WireClient

NOWHERE = 999_999_999
NOT_PAYLOADS: list[object] = [
    None,
    True,
    7,
    "text",
    [],
    [{}],
    1e400,
    {"room": None},
    {"room": "7"},
    {"room": -1},
    {"room": 1.5},
    {"room": {}},
]
OF_NO_ROOM = {"sync", "create", "status", "block", "unblock"}
# What is left when one field at a time is wrong; the room is filled in.
WRONG_FIELDS: dict[str, list[dict]] = {
    "sync": [{}, {"rooms": []}, {"rooms": {"1": 5}}, {"rooms": {"1": {"seq": "x"}}}],
    "create": [{}, {"kind": "castle", "name": "x"}, {"kind": "public"}, {"kind": "public", "name": 5}, {"kind": "direct"}],
    "invite": [{"user": "bob"}, {"user": 0}, {"user": 2**60}],
    "answer_invitation": [{}, {"accept": "yes"}],
    "mail_invitation": [
        {},
        {"addresses": []},
        {"addresses": "nora@example.org"},
        {"addresses": ["x" * 255]},
        {"addresses": ["nora@example.org"] * 21},
    ],
    "block": [{"user": "bob"}, {"user": 0}],
    "unblock": [{}, {"user": 2**60}],
    "send": [
        {"text": "x"},
        {"client_id": "abcdefgh"},
        {"client_id": "abcdefgh", "text": 5},
        {"client_id": "no spaces", "text": "x"},
        {"client_id": "a" * 65, "text": "x"},
        {"client_id": "abcdefgh", "text": ""},
        {"client_id": "abcdefgh", "text": " \n "},
        {"client_id": "abcdefgh", "text": "x" * 8_001},
        {"client_id": "abcdefgh", "text": "x" * 100_000},
        {"client_id": "abcdefgh", "text": "\x00\x1b"},
        {"client_id": "abcdefgh", "text": "x", "reply_to": 17},
        {"client_id": "abcdefgh", "text": "x", "reply_to": "one"},
    ],
    "edit": [
        {"seq": 0, "text": "x"},
        {"text": "x"},
        {"seq": 1, "text": ""},
        {"seq": 1, "text": "x" * 8_001},
        {"seq": 1, "text": 5},
    ],
    "delete": [{}, {"seq": "x"}],
    "restore": [{}, {"seq": None}],
    "react": [
        {"seq": 1, "on": True},
        {"seq": 1, "emoji": "👍"},
        {"seq": 1, "emoji": "👍", "on": "yes"},
        *({"seq": 1, "emoji": emoji, "on": True} for emoji in ("", "a", "👍👍", "<b>", "👍|7", "\u202e", "x" * 100_000)),
    ],
    "history": [{"limit": 0}, {"limit": 101}, {"before": "x"}, {"around": []}],
    "read": [{}, {"seq": -1}, {"seq": "x"}],
    "status": [{}, {"status": "asleep"}, {"status": 1}],
}


@pytest.fixture
def mallory(connect: Connect) -> Iterator[WireClient]:
    """Mallory tries things; afterwards her connection must still be the same."""
    client = connect("mallory")
    yield client
    assert client.call("sync", {"rooms": {}})["ok"]
    assert not client.closed.is_set()


def _refused(answer: dict) -> str:
    assert answer["ok"] is False
    assert answer["error"]["code"] in set(Code)
    assert answer["error"]["message"]
    assert "Traceback" not in json.dumps(answer)
    return answer["error"]["code"]


@pytest.mark.parametrize("event", REQUESTS)
def test_a_payload_that_is_no_request(mallory: WireClient, event: str) -> None:
    assert event == "sync" or _refused(mallory.call(event, {})) == "bad_request"
    assert _refused(mallory.call(event)) == "bad_request"
    for payload in NOT_PAYLOADS:
        if event != "sync" or not isinstance(payload, dict):
            assert _refused(mallory.call(event, payload)) == "bad_request"


@pytest.mark.parametrize(("event", "payload"), [(event, wrong) for event, wrongs in WRONG_FIELDS.items() for wrong in wrongs])
def test_one_field_is_wrong(mallory: WireClient, room_name: str, event: str, payload: dict) -> None:
    room = mallory.call("create", {"name": f"{room_name} {event}", "kind": "public"})["room"]["id"]
    if event in OF_NO_ROOM:
        answer = mallory.call(event, payload)
    else:
        answer = mallory.call(event, {"room": room, **payload})
    if payload or event != "sync":
        if event == "history" and answer["ok"]:
            pytest.fail("a wrong page was given")
        code = _refused(answer)
        text = payload.get("text", "")
        is_empty = isinstance(text, str) and "text" in payload and not text.strip("\x00\x1b \n")
        expected = "empty" if is_empty else "bad_request"
        expected = "too_long" if isinstance(text, str) and len(text) > 8_000 else expected
        expected = "empty" if payload == {"kind": "public"} else expected
        assert code == expected


@pytest.mark.parametrize("event", [event for event in REQUESTS if event not in OF_NO_ROOM - {"block"}])
def test_a_room_that_is_not_there(mallory: WireClient, event: str) -> None:
    fields = {
        "user": NOWHERE if event == "block" else 1,
        "client_id": "abcdefgh",
        "text": "x",
        "seq": 1,
        "emoji": "👍",
        "on": True,
    }
    fields |= {"action": "claim" if event == "handle_report" else "mute", "reason": "x", "role": "member"}
    fields |= {"report": NOWHERE, "purge": NOWHERE, "invitation": NOWHERE}
    fields |= {"accept": True, "kind": "word", "pattern": "casino", "effect": "hold", "addresses": ["nora@example.org"]}
    assert _refused(mallory.call(event, {"room": NOWHERE, **fields})) == "not_found"


@pytest.mark.parametrize("event", ["", "nonsense", "connect", "disconnect", "__proto__", "acknowledge", 5, None, [], {}])
def test_an_event_that_does_not_exist(mallory: WireClient, event: object) -> None:
    assert _refused(mallory.call(event, {"room": 1})) == "bad_request"


@pytest.mark.parametrize(
    "array",
    [
        "[]",
        '["send"]',
        '["send",',
        '["send",{]',
        "[[[[",
        '["send",' + "[" * 50_000 + "]" * 50_000 + "]",
        '["send",{"room":1,"client_id":"abcdefgh","text":"\\ud800"}]',
    ],
)
def test_a_packet_that_is_no_json_or_no_event(mallory: WireClient, array: str) -> None:
    assert _refused(mallory.call_raw(array)) == "bad_request"


FRAMES = [
    *(
        "",
        "x",
        "2",
        "9",
        "4",
        "42",
        "42/chat,",
        "49/chat,",
        "4[[[[",
        "4" + "[" * 100_000,
        "42/chat," + "[" * 100_000 + "]" * 30_000,
    ),
    *(
        "451-/chat,[]",
        "461-/chat,1[]",
        '45999-/chat,["send"]',
        "43/chat,5[]",
        "42/other,1[]",
        "40/chat,",
        "40/__proto__,",
        "44/chat,",
    ),
]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame[:20])
def test_a_frame_that_asks_for_nothing_is_dropped(mallory: WireClient, frame: str) -> None:
    mallory.send_frame(frame)


def test_half_a_surrogate_pair_is_not_stored(mallory: WireClient, room_name: str) -> None:
    room = mallory.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    answer = mallory.call_raw(f'["send",{{"room":{room},"client_id":"abcdefgh","text":"\\ud800"}}]')
    assert _refused(answer) == "bad_request"
