"""What becomes of a message after it was sent. alice owns, bob wrote, carol is outside, dora is a member, too."""

import json

import pytest

from chat.domain.errors import ChatError, MessageIsArchived, RoomsInEarlierRun, WrittenByAnother
from chat.domain.types import Author, Position
from chat.live.messages.amendments import MOST_EDITS, MOST_EMOJI, Archived
from tests.chat.live.conftest import ALICE, BOB, CAROL, ROOM, all_rooms_were_looked_at, facts, put_room

DORA = Author(4, "dora", "Dora")


@pytest.fixture
def room(any_live):
    put_room(any_live, facts(), 1, {ALICE.id: "owner", BOB.id: "member", DORA.id: "member"})
    all_rooms_were_looked_at(any_live)
    return ROOM


@pytest.fixture
def amend(any_live):
    return any_live.amendments


@pytest.fixture
def message(room, send):
    send(ALICE, "first")
    return send(BOB, "hello").seq


@pytest.fixture
def shown(any_live):
    """A message as somebody sees it in the history."""

    def _shown(author, seq):
        page = any_live.log.history(ROOM, author.id, seq, seq + 1, 1)
        return json.loads(page.messages[0])

    return _shown


def _code(act, *args):
    with pytest.raises(ChatError) as refused:
        act(*args)
    return refused.value.code


def test_bob_edits_his_message_and_everyone_is_told(amend, message, shown, told):
    assert amend.edit(ROOM, BOB.id, message, "hello, all") == 1

    [(name, payload)] = told()
    assert name == "amended"
    assert {**payload, "edited_at": 0} == {"room": 7, "seq": 2, "rev": 1, "by": 2, "text": "hello, all", "edited_at": 0}
    seen = shown(ALICE, message)
    assert (seen["text"], seen["edited_at"], seen["author"]["handle"]) == ("hello, all", payload["edited_at"], "bob")


def test_what_it_said_before_is_kept_and_never_sent(amend, message, any_live, shown, told):
    for text in ("one", "two"):
        amend.edit(ROOM, BOB.id, message, text)
    state = json.loads(any_live.client.hget("room:{7}:amended", message))
    assert [before["text"] for before in state["history"]] == ["hello", "one"]
    assert "history" not in shown(ALICE, message)
    assert all("history" not in payload for _, payload in told())


def test_the_same_text_again_changes_nothing(amend, message, told):
    amend.edit(ROOM, BOB.id, message, "changed")
    told()
    assert amend.edit(ROOM, BOB.id, message, "changed") == 1
    assert told() == []


def test_nobody_puts_words_into_bobs_mouth(amend, message, shown):
    assert _code(amend.edit, ROOM, ALICE.id, message, "x") == "forbidden"
    assert _code(amend.edit, ROOM, DORA.id, message, "x") == "forbidden"
    assert shown(DORA, message)["text"] == "hello"


def test_there_is_an_end_to_editing(amend, message):
    for number in range(MOST_EDITS):
        amend.edit(ROOM, BOB.id, message, f"{number}")
    assert _code(amend.edit, ROOM, BOB.id, message, "once more") == "conflict"


@pytest.mark.parametrize(("who", "moderates"), [(BOB, False), (ALICE, True), (CAROL, True)])
def test_the_author_and_who_moderates_delete_and_bring_back(amend, message, shown, told, who, moderates):
    amend.edit(ROOM, BOB.id, message, "edited")
    told()
    assert amend.delete(ROOM, who.id, message, moderates) == 2
    assert [heard for heard in told() if heard[0] != "joined"] == [
        ("amended", {"room": 7, "seq": 2, "rev": 2, "by": who.id, "deleted": True})
    ]
    gone = shown(DORA, message)
    assert (gone["text"], gone["deleted"], gone["deleted_by"]) == ("", True, who.id)
    assert "edited" not in json.dumps(gone)
    assert amend.delete(ROOM, who.id, message, moderates) == 2

    assert amend.restore(ROOM, who.id, message, moderates) == 3
    [(_, payload)] = told()
    assert payload["text"] == "edited"
    assert shown(DORA, message)["text"] == "edited"
    assert "deleted" not in shown(DORA, message)


def test_what_another_wrote_is_for_the_record_to_decide(amend, message):
    for act in (amend.delete, amend.restore):
        with pytest.raises(WrittenByAnother) as found:
            act(ROOM, ALICE.id, message)
        assert (found.value.author, found.value.text) == (BOB.id, "hello")
        amend.delete(ROOM, ALICE.id, message, moderates=True)


def test_what_a_moderator_deleted_is_out_of_its_authors_reach(amend, message):
    amend.delete(ROOM, ALICE.id, message, moderates=True)
    assert _code(amend.restore, ROOM, BOB.id, message) == "forbidden"
    assert _code(amend.edit, ROOM, BOB.id, message, "x") == "not_found"
    assert _code(amend.react, ROOM, DORA.id, message, "👍", True) == "not_found"


def test_reactions_are_counted_and_ones_own_are_marked(amend, message, shown, told):
    amend.react(ROOM, ALICE.id, message, "👍", True)
    amend.react(ROOM, DORA.id, message, "👍", True)
    amend.react(ROOM, DORA.id, message, "🎉", True)

    assert told()[-1][1]["reactions"] == [{"emoji": "👍", "count": 2, "by": [1, 4]}, {"emoji": "🎉", "count": 1, "by": [4]}]
    thumb, party = shown(ALICE, message)["reactions"]
    assert (thumb["count"], thumb["mine"], party["count"], party.get("mine", False)) == (2, True, 1, False)

    assert amend.react(ROOM, ALICE.id, message, "👍", False) == 4
    assert told()[-1][1]["reacted"] == {"emoji": "👍", "on": False}
    assert amend.react(ROOM, ALICE.id, message, "👍", False) == 4
    amend.react(ROOM, DORA.id, message, "👍", False)
    amend.react(ROOM, DORA.id, message, "🎉", False)
    assert "reactions" not in shown(ALICE, message)
    assert "reactions" not in told()[-1][1]


def test_a_thousand_reactions_cost_the_wire_what_a_few_do(any_live, amend, message, told):
    put_room(any_live, facts(), 2, {ALICE.id: "owner", **dict.fromkeys(range(100, 1_100), "member")})
    sizes = []
    for user in range(100, 1_100):
        amend.react(ROOM, user, message, "👍", True)
        if user in (109, 1_099):
            sizes.append(len(json.dumps(told()[-1][1])))
    assert sizes[1] - sizes[0] < 20


def test_a_message_takes_so_many_emoji_and_no_more(amend, message):
    for number in range(MOST_EMOJI):
        amend.react(ROOM, DORA.id, message, chr(0x1F600 + number), True)
    assert _code(amend.react, ROOM, DORA.id, message, "👍", True) == "conflict"
    amend.react(ROOM, ALICE.id, message, chr(0x1F600), True)


def test_outsiders_and_the_muted_amend_nothing(any_live, amend, message):
    assert _code(amend.edit, ROOM, CAROL.id, message, "x") == "not_member"
    assert _code(amend.react, 8, CAROL.id, message, "👍", True) == "not_found"
    any_live.client.hset("room:{7}:sanctions", BOB.id, "mute 0")
    for act, more in ((amend.edit, ["x"]), (amend.delete, []), (amend.react, ["👍", True])):
        assert _code(act, ROOM, BOB.id, message, *more) == "muted"


def test_in_an_archived_room_nothing_changes_any_more(any_live, amend, message):
    any_live.rooms.project_room(facts(state="archived"), 2)
    assert _code(amend.edit, ROOM, BOB.id, message, "x") == "room_closed"
    assert _code(amend.delete, ROOM, BOB.id, message) == "room_closed"
    assert amend.delete(ROOM, ALICE.id, message, moderates=True) == 1


def test_a_message_that_was_not_sent_yet(amend, message):
    assert _code(amend.delete, ROOM, ALICE.id, 99) == "not_found"


def test_in_an_earlier_run_nothing_is_decided(any_live, amend, message):
    any_live.client.hset("room:{7}", "run_id", "earlier")
    with pytest.raises(RoomsInEarlierRun):
        amend.edit(ROOM, BOB.id, message, "x")


def test_an_archived_message_is_brought_back_within_reach(any_live, amend, message, shown):
    stored = any_live.client.lindex("room:{7}:log", 1)
    any_live.client.ltrim("room:{7}:log", 2, -1)
    with pytest.raises(MessageIsArchived):
        amend.edit(ROOM, BOB.id, message, "x")

    state = b'{"seq":2,"rev":1,"by":4,"reactions":[{"emoji":"A","count":1,"by":[4]}]}'
    amend.warm(ROOM, [Archived(message, stored, state, {"A|4": 1})])
    amend.warm(ROOM, [Archived(message, stored, b"{}", {})])

    assert _code(amend.edit, ROOM, ALICE.id, message, "x") == "forbidden"
    amend.edit(ROOM, BOB.id, message, "late")
    amend.react(ROOM, DORA.id, message, "A", False)
    state = json.loads(any_live.client.hget("room:{7}:amended", message))
    assert (state["text"], state.get("reactions")) == ("late", None)


def test_who_was_away_gets_every_change_once(any_live, amend, message, send):
    epoch = send(BOB, "third").epoch
    amend.edit(ROOM, BOB.id, 2, "edited")
    amend.react(ROOM, DORA.id, 1, "👍", True)
    amend.delete(ROOM, BOB.id, 3)
    amend.edit(ROOM, BOB.id, 2, "edited again")
    send(ALICE, "fourth")

    [found] = any_live.catching_up.catch_up(DORA.id, {ROOM: Position(epoch, 3, 1)})

    assert found.complete
    assert [json.loads(message)["text"] for message in found.messages] == ["fourth"]
    changes = [json.loads(amendment) for amendment in found.amendments]
    assert [(change["seq"], change["rev"]) for change in changes] == [(1, 2), (3, 3), (2, 4)]
    assert changes[0]["reactions"][0]["mine"]
    assert changes[1]["deleted"]
    assert changes[2]["text"] == "edited again"
    assert found.position == Position(epoch, 4, 4)


def test_a_window_shows_messages_as_they_stand(any_live, amend, message):
    amend.edit(ROOM, BOB.id, 2, "edited")
    [found] = any_live.catching_up.catch_up(DORA.id, {ROOM: Position()})
    assert [json.loads(message)["text"] for message in found.messages] == ["first", "edited"]
    assert found.amendments == []
    assert found.position.rev == 1


def test_too_many_changes_or_changes_that_were_forgotten_are_a_window(any_live, amend, message):
    epoch = any_live.rooms.heads([ROOM])[0].epoch
    any_live.client.hset("room:{7}", "revisions_from", 5)
    for on in [True, False] * 5:
        amend.react(ROOM, DORA.id, 1, "👍", on)
    [forgotten] = any_live.catching_up.catch_up(DORA.id, {ROOM: Position(epoch, 2, 4)})
    [known] = any_live.catching_up.catch_up(DORA.id, {ROOM: Position(epoch, 2, 5)})
    [ahead] = any_live.catching_up.catch_up(DORA.id, {ROOM: Position(epoch, 2, 11)})
    assert (forgotten.complete, known.complete, ahead.complete) == (False, True, False)


def test_what_a_relay_missed(any_live, amend, message, send):
    epoch = any_live.rooms.heads([ROOM])[0].epoch
    send(ALICE, "third")
    amend.edit(ROOM, BOB.id, 2, "edited")

    [missed] = any_live.catching_up.missed({ROOM: Position(epoch, 2, 0)})
    assert missed.position == Position(epoch, 3, 1)
    assert [json.loads(message)["text"] for message in missed.messages] == ["third"]
    assert [(rev, json.loads(amendment)["text"]) for rev, amendment in missed.amendments] == [(1, "edited")]
    [other] = any_live.catching_up.missed({ROOM: Position("other", 2, 0)})
    assert (other.position, other.messages, other.amendments) == (Position(epoch, 3, 1), [], [])
