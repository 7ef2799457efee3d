"""What new people may write, and what the word lists make of what is written."""

import time

import pytest

from chat.actions.messages import amendments, sending
from chat.actions.moderation import mute_kick_ban, report_handling, word_rules
from chat.domain.errors import ChatError
from chat.domain.protocol import Edit, History, Send
from chat.domain.types import Author
from chat.live.redis import keys
from chat.models import ModerationLog, Report, WordRule


def _refused(act, *args, **more):
    with pytest.raises(ChatError) as refused:
        act(*args, **more)
    return refused.value


def _texts(cast):
    page = sending.read_history(cast.alice.pk, History(cast.room.pk, limit=100))
    return [message.decode().partition('"text":"')[2].partition('"')[0] for message in page.messages]


def test_who_is_new_links_and_names_little_for_a_while(cast, settings):
    def send(text, newcomer_until):
        author = Author(cast.bob.pk, "bob", "Bob")
        request = Send(cast.room.pk, f"client-{text[:20]:_<20}".replace(" ", "-"), text)
        [outcome] = sending.send_messages(author, [request], newcomer_until)
        return outcome

    settings.NEWCOMER_MINUTES, settings.NEWCOMER_LINKS, settings.NEWCOMER_MENTIONS = 60, 1, 2
    soon = time.time() + 600
    two_links = "https://a.example and https://b.example"
    refused = send(two_links, soon)
    assert (refused.code, refused.message) == (
        "forbidden", "New members can post 1 link per message. This limit ends in 10 min."
    )  # fmt: skip
    assert 590 < refused.retry_in <= 600
    assert send("@a @b and @c", soon).code == "forbidden"
    assert send("https://a.example @a @b http://localhost:7777/rooms/sea/ http://localhost:7777/invited/x/", soon).seq == 1
    assert send(two_links, time.time() - 1).seq == 2
    # The clock was set back since they came.
    assert send(f"Now {two_links}", time.time() + 2 * 3600).seq == 3
    edit = Edit(cast.room.pk, 1, two_links)
    assert _refused(amendments.edit_message, cast.bob.pk, edit, soon).code == "forbidden"


def test_a_word_is_refused_with_the_reason_at_once_and_never_again_once_it_may_be_said(cast):
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "Casino", "refuse")
    refused = _refused(cast.say, cast.bob, "to the CASINO!")
    assert (refused.code, refused.message) == (
        "forbidden", "“casino” is not welcome in this room. Change it, then send it again."
    )  # fmt: skip
    assert cast.say(cast.dora, "no casino here, please") == 1
    assert cast.say(cast.bob, "fine") == 2
    edit = Edit(cast.room.pk, 2, "casino")
    assert _refused(amendments.edit_message, cast.bob.pk, edit).code == "forbidden"

    word_rules.drop_word_rule(cast.dora, cast.room.pk, "word", "casino")
    assert cast.say(cast.bob, "to the casino") == 3
    assert [entry.details["effect"] for entry in ModerationLog.objects.order_by("pk")] == ["refuse", "none"]


def test_a_list_of_the_site_holds_in_every_room_and_in_new_ones(cast):
    word_rules.set_word_rule(cast.ruth, None, "link", "https://spam.example/x", "refuse")
    later = cast.open_room("Later")
    for room in (cast.room, later):
        assert _refused(cast.say, cast.bob, "see www.spam.example", room=room).code == "forbidden"
    word_rules.drop_word_rule(cast.ruth, None, "link", "spam.example")
    assert [cast.say(cast.bob, "see spam.example", room=room) for room in (cast.room, later)] == [1, 1]


def test_the_list_outlives_a_loss_of_redis(cast, live):
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "casino", "refuse")
    live.client.flushall()
    assert _refused(cast.say, cast.bob, "casino").code == "forbidden"


def test_a_flagged_message_is_sent_and_reported(cast, ear):
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "odd", "flag")
    ear.listen(f"user:{{{cast.dora.pk}}}:events")
    assert cast.say(cast.bob, "how odd") == 1
    report = Report.objects.get()
    assert (report.source, report.seq, report.author, report.reporter, report.reason) == (
        "flagged", 1, cast.bob, None, "Word list: odd"
    )  # fmt: skip
    assert [payload["report"] for _, name, payload in ear.heard() if name == "report"] == [report.pk]
    report_handling.resolve_report(cast.dora, report.pk)
    cast.say(cast.bob, "even")
    amendments.edit_message(cast.bob.pk, Edit(cast.room.pk, 2, "odd"))
    assert Report.objects.filter(state="open").count() == 1


def _send_again(cast, request):
    [outcome] = sending.send_messages(Author(cast.bob.pk, "bob", "Bob"), [request])
    if isinstance(outcome, ChatError):
        return outcome.code
    return f"{outcome.seq}, {'a duplicate' if outcome.duplicate else 'new'}"


@pytest.fixture
def held(cast):
    """A message of bob's that waits for a moderator."""
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "casino", "hold")
    request = Send(cast.room.pk, "the-held-one", " my casino ")
    assert _send_again(cast, request) == "held"
    return Report.objects.get(), request


def test_a_held_message_is_seen_by_nobody_until_a_moderator_agrees(cast, held):
    report, request = held
    assert (report.source, report.seq, report.snapshot["text"], report.author) == ("held", None, "my casino", cast.bob)
    assert _texts(cast) == []
    assert _send_again(cast, request) == "held"
    assert Report.objects.count() == 1

    report_handling.send_held(cast.dora, report.pk)
    assert _texts(cast) == ["my casino"]
    report.refresh_from_db()
    assert (report.state, report.seq, report.outcome, report.resolved_by) == ("resolved", 1, "sent", cast.dora)
    assert _send_again(cast, request) == "1, a duplicate"
    assert _refused(report_handling.send_held, cast.dora, report.pk).code == "conflict"


def test_who_wrote_what_is_declined_is_told(cast, held, ear):
    report, _ = held
    ear.listen(f"user:{{{cast.bob.pk}}}:events")
    report_handling.resolve_report(cast.dora, report.pk, "declined", "Not here, please.")
    assert ear.heard() == [
        (f"user:{{{cast.bob.pk}}}:events", "declined",
         {"room": cast.room.pk, "client_id": "the-held-one", "answer": "Not here, please."})
    ]  # fmt: skip
    assert _texts(cast) == []


def test_who_was_muted_meanwhile_does_not_send_what_was_held(cast, held):
    report, _ = held
    mute_kick_ban.mute_person(cast.dora, cast.room.pk, cast.bob.pk, "spam")
    assert _refused(report_handling.send_held, cast.dora, report.pk).code == "muted"
    assert Report.objects.get().state == "open"


def test_who_agrees_to_held_messages(cast, held):
    report, _ = held
    for who in (cast.bob, cast.carol):
        assert _refused(report_handling.send_held, who, report.pk).code == "not_found"
    report_handling.resolve_report(cast.ruth, report.pk)
    flagged = Report.objects.create(room=cast.room, seq=1, author=cast.bob, source="flagged", reason="x", snapshot={})
    assert _refused(report_handling.send_held, cast.dora, flagged.pk).code == "bad_request"


def test_nobody_floods_the_moderators(cast, settings):
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "casino", "hold")
    settings.LIMITS = {**settings.LIMITS, "held": (2, 60_000)}
    assert [_refused(cast.say, cast.bob, f"casino {number}").code for number in range(4)] == [
        "held", "held", "rate_limited", "rate_limited"
    ]  # fmt: skip


def test_who_changes_word_lists(cast):
    for who, room, code in (
        (cast.bob, cast.room.pk, "forbidden"), (cast.carol, cast.room.pk, "not_member"), (cast.alice, None, "forbidden")
    ):  # fmt: skip
        assert _refused(word_rules.set_word_rule, who, room, "word", "casino", "hold").code == code
        assert _refused(word_rules.drop_word_rule, who, room, "word", "casino").code == code
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "casino", "hold")
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "CASINO ", "flag")
    assert list(WordRule.objects.values_list("pattern", "effect")) == [("casino", "flag")]


def test_a_list_has_an_end(cast, monkeypatch):
    monkeypatch.setattr(word_rules, "MOST_RULES", 2)
    for word in ("one", "two"):
        word_rules.set_word_rule(cast.dora, cast.room.pk, "word", word, "flag")
    assert _refused(word_rules.set_word_rule, cast.dora, cast.room.pk, "word", "three", "flag").code == "bad_request"
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "two", "hold")
    assert _refused(word_rules.set_word_rule, cast.dora, cast.room.pk, "word", "x" * 101, "hold").code == "bad_request"


@pytest.mark.parametrize("limited", ["messages", "repeats"])
def test_the_first_message_by_a_new_list_counts_once(cast, settings, limited):
    """This process does not know the list, so the message is judged and sent again; its sender has said one thing."""
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "casino", "refuse")
    settings.LIMITS = settings.LIMITS | {limited: (1, 60_000)}
    assert cast.say(cast.bob, "first") == 1
    assert _refused(cast.say, cast.bob, "first").code == "rate_limited"


def test_an_edit_by_a_new_list_counts_once(cast, settings):
    seq = cast.say(cast.bob, "first")
    word_rules.set_word_rule(cast.dora, cast.room.pk, "word", "casino", "refuse")
    settings.LIMITS = settings.LIMITS | {"changes": (1, 60_000)}
    assert amendments.edit_message(cast.bob.pk, Edit(cast.room.pk, seq, "changed")) == 1
    assert _refused(amendments.edit_message, cast.bob.pk, Edit(cast.room.pk, seq, "again")).code == "rate_limited"


def test_a_change_of_an_archived_message_counts_once(cast, settings, archiver, live):
    seq = cast.say(cast.bob, "first")
    archiver.turn()
    live.client.ltrim(keys.log(cast.room.pk), 1, 0)
    settings.LIMITS = settings.LIMITS | {"changes": (1, 60_000)}
    assert amendments.edit_message(cast.bob.pk, Edit(cast.room.pk, seq, "changed")) == 1
