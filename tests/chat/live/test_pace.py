"""How fast one person may write in a room, how often the same, and by which word list: decided as the message is stored."""

import msgspec
import pytest

from chat.domain.errors import ChatError, Withheld, WordListChanged
from chat.domain.types import Accepted
from chat.domain.word_filter import APPROVED, Judgement, Rule, list_id
from chat.live.limits import Limit
from chat.live.messages.log import NO_HURRY, Draft, Pace
from tests.chat.live.conftest import ALICE, BOB, ROOM, facts

RULES = msgspec.json.encode([Rule("word", "casino", "refuse")])


@pytest.fixture
def append(any_live, room):
    """Bob, unless said otherwise, sends a message; what becomes of it."""
    sent = iter(range(1_000))

    def _append(said="x", pace=NO_HURRY, author=BOB, client_id="", **judged):
        body = msgspec.json.encode({"client_id": "c", "author": author, "text": said})[1:-1]
        judgement = judged.get("judgement", Judgement())
        draft = Draft(ROOM, client_id or f"client-{next(sent)}", body, said=said, judgement=judgement)
        [outcome] = any_live.log.append(author, [draft], pace)
        return outcome

    return _append


def _seqs(outcomes):
    return [outcome.seq if isinstance(outcome, Accepted) else (outcome.code, outcome.message) for outcome in outcomes]


def test_so_many_messages_at_once(any_live, append):
    pace = Pace(messages=Limit(3, 30_000))
    *sent, refused = (append(f"{number}", pace) for number in range(4))
    assert _seqs(sent) == [1, 2, 3]
    assert isinstance(refused, ChatError)
    assert refused.code == "rate_limited"
    assert 9 < (refused.retry_in or 0) <= 10
    assert append("alice", pace, author=ALICE).seq == 4
    assert any_live.client.llen("room:{7}:log") == 4


def test_a_resend_is_no_message_more(append):
    pace = Pace(messages=Limit(1, 30_000))
    assert append("x", pace, client_id="same").seq == 1
    assert append("x", pace, client_id="same").duplicate


def test_the_same_again_and_again(append):
    pace = Pace(repeats=Limit(2, 60_000))
    outcomes = [append(text, pace) for text in ("buy", "buy", "buy", "other", "buy")]
    assert _seqs(outcomes) == [1, 2, ("rate_limited", "You have already sent that several times."), 3, 4]
    assert 55 < outcomes[2].retry_in <= 60


def test_what_was_said_long_ago_does_not_count(any_live, append):
    pace = Pace(repeats=Limit(1, 60_000))
    append("buy", pace)
    full, said, times, ends = any_live.client.get("room:{7}:pace:2").decode().split()
    any_live.client.set("room:{7}:pace:2", f"{full} {said} {times} {int(ends) - 61_000}")
    assert append("buy", pace).seq == 2


def test_a_list_that_is_not_known_is_told(any_live, append):
    any_live.rooms.project_room(facts(), 2, RULES)
    changed = append("x")
    assert isinstance(changed, WordListChanged)
    assert changed.rules == RULES
    assert append("x", judgement=Judgement(list_id(RULES))).seq == 1

    any_live.rooms.project_room(facts(), 3)
    assert append("x", judgement=Judgement(list_id(RULES))).rules == b""
    assert append("x").seq == 2


@pytest.mark.parametrize("effect", ["refuse", "hold"])
def test_what_the_list_does_not_want_is_withheld_from_members(any_live, append, effect):
    any_live.rooms.project_room(facts(), 2, RULES)
    judgement = Judgement(list_id(RULES), effect, "casino")
    assert isinstance(append(judgement=judgement), Withheld)
    assert any_live.client.llen("room:{7}:log") == 0
    assert append(judgement=judgement, author=ALICE).seq == 1
    assert append(judgement=APPROVED).seq == 2


def test_what_is_to_be_flagged_is_sent(any_live, append):
    any_live.rooms.project_room(facts(), 2, RULES)
    judgement = Judgement(list_id(RULES), "flag", "casino")
    assert append(judgement=judgement).flagged
    assert not append(judgement=judgement, author=ALICE).flagged


def test_nothing_is_counted_for_who_may_not_write_anyway(any_live, append):
    any_live.client.hset("room:{7}:sanctions", BOB.id, "mute 0 spam")
    pace = Pace(messages=Limit(1, 30_000))
    assert [append("x", pace).code for _ in range(3)] == ["muted"] * 3
    assert not any_live.client.exists("room:{7}:pace:2")


def test_changes_have_a_pace_of_their_own(any_live, append):
    append("x")
    limit = Limit(2, 30_000)
    for on in (True, False):
        any_live.amendments.react(ROOM, BOB.id, 1, "👍", on, limit)
    with pytest.raises(ChatError) as refused:
        any_live.amendments.react(ROOM, BOB.id, 1, "👍", True, limit)
    assert (refused.value.code, 14 < (refused.value.retry_in or 0) <= 15) == ("rate_limited", True)
    any_live.amendments.react(ROOM, ALICE.id, 1, "👍", True, limit)


def test_an_edit_is_judged_as_well(any_live, append):
    append("x")
    any_live.rooms.project_room(facts(), 2, RULES)
    judgement = Judgement(list_id(RULES), "refuse", "casino")
    with pytest.raises(WordListChanged):
        any_live.amendments.edit(ROOM, BOB.id, 1, "casino")
    with pytest.raises(Withheld):
        any_live.amendments.edit(ROOM, BOB.id, 1, "casino", judgement=judgement)
    assert any_live.amendments.edit(ROOM, BOB.id, 1, "fine", judgement=Judgement(list_id(RULES))) == 1
