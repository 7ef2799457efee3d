"""The list of what names somebody: all of it, nothing else, and nothing of rooms that they are not in."""

import pytest

from chat.actions.messages import amendments, mentions, sending
from chat.actions.messages.read_markers import catch_up
from chat.actions.rooms import membership
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError
from chat.domain.protocol import Delete, Edit, Restore, Send
from chat.domain.types import Accepted, Author, Position


@pytest.fixture
def archive(live):
    """Lets everything that was said until now be archived."""
    return Archiver(live).turn


def told(person, after=""):
    """What names somebody, as they read it."""
    return [mention.text for mention in mentions.mentions_of(_author(person), after).mentions]


def replies(person):
    """What answers somebody, as they read it."""
    return [mention.text for mention in mentions.mentions_of(_author(person)).mentions if mention.is_reply]


def answer(cast, person, seq, text):
    """Reply to a message; return the reply's seq."""
    [accepted] = sending.send_messages(
        _author(person), [Send(cast.room.pk, f"reply-{seq}-{text[:20].replace(' ', '-')}", text, seq)]
    )
    assert isinstance(accepted, Accepted)
    return accepted.seq


def _author(person):
    return Author(person.pk, person.handle, person.name)


def test_by_name_and_as_one_of_all_the_newest_first(cast, archive):
    other = cast.open_room("Harbour", "private")
    cast.say(cast.alice, "nobody", "@bob first", "@dora not you", "`@bob` in code", "@room everyone")
    cast.say(cast.alice, "@bob elsewhere", room=other)
    cast.say(cast.bob, "@bob and @room by himself")
    archive()
    assert told(cast.bob) == ["@bob elsewhere", "@room everyone", "@bob first"]
    assert told(cast.dora) == ["@bob and @room by himself", "@room everyone", "@dora not you"]
    [newest, *_] = mentions.mentions_of(_author(cast.bob)).mentions
    assert newest.author
    assert (newest.room, newest.seq, newest.author.handle) == (other.pk, 1, "alice")


def test_who_is_outside_sees_nothing_of_it(cast, archive):
    secret = cast.open_room("Harbour", "private")
    cast.say(cast.alice, "@carol @room what you may not know", room=secret)
    archive()
    assert told(cast.carol) == []


def test_who_leaves_or_is_thrown_out_sees_it_no_more(cast, archive):
    secret = cast.open_room("Harbour", "private")
    cast.say(cast.alice, "@bob @dora the plan", room=secret)
    cast.say(cast.alice, "@bob in the open")
    archive()
    membership.leave_room(cast.bob, secret.pk)
    assert told(cast.bob) == ["@bob in the open"]


def test_what_called_everyone_before_one_came_called_others(cast, archive):
    cast.say(cast.alice, "@room hear, hear")
    archive()
    membership.join_room(cast.carol, cast.room.pk)
    cast.say(cast.alice, "@room welcome")
    archive()
    assert told(cast.carol) == ["@room welcome"]


@pytest.mark.parametrize("archived", [False, True])
def test_a_deletion_an_edit_and_a_restoration_hold_at_once(cast, archive, archived):
    seqs = [cast.say(cast.alice, text) for text in ("@bob deleted", "@bob edited away", "edited to name", "@bob stays")]
    archive()
    alice = cast.alice
    amendments.delete_message(alice, Delete(cast.room.pk, seqs[0]))
    amendments.edit_message(alice.pk, Edit(cast.room.pk, seqs[1], "@dora instead"))
    if archived:
        amendments.edit_message(alice.pk, Edit(cast.room.pk, seqs[2], "@bob now"))
        archive()
        assert told(cast.bob) == ["@bob stays", "@bob now"]
    else:
        assert told(cast.bob) == ["@bob stays"]
    amendments.restore_message(alice, Restore(cast.room.pk, seqs[0]))
    archive()
    assert told(cast.bob)[-1] == "@bob deleted"


def test_pages_go_on_where_the_last_one_ended(cast, archive):
    for number in range(45):
        cast.say(cast.alice, f"@bob {number}")
    archive()
    seen, after = [], ""
    for size in (20, 20, 5):
        page = mentions.mentions_of(_author(cast.bob), after)
        assert len(page.mentions) == size
        seen += [mention.text for mention in page.mentions]
        after = page.end
    assert after == ""
    assert seen == [f"@bob {number}" for number in reversed(range(45))]


def test_a_long_text_is_told_whole_since_a_part_of_it_would_be_shown_in_another_way(cast, archive):
    text = f"{'before ' * 100}\n```\ncode\n```\nthen @bob {'after ' * 100}".strip()
    cast.say(cast.alice, text)
    archive()
    assert told(cast.bob) == [text]


def test_a_page_that_is_none_of_ours_is_refused(cast):
    for after in ("x", "-1", "1 OR 1", "9" * 30):
        with pytest.raises(ChatError, match="no such page"):
            told(cast.bob, after)


def test_who_is_in_no_room_has_none(cast, archive):
    cast.say(cast.alice, "@room")
    archive()
    assert told(cast.erin) == []


def test_what_answers_somebody_is_told_as_a_reply(cast, archive):
    hers = cast.say(cast.alice, "Who has the key?")
    archive()
    answer(cast, cast.bob, hers, "I have")
    answer(cast, cast.dora, hers, "@alice not I")
    answer(cast, cast.alice, hers, "found it myself")
    bobs = cast.say(cast.bob, "@alice it was me")
    answer(cast, cast.dora, bobs, "in the same turn of the archive")
    archive()
    assert told(cast.alice) == ["@alice it was me", "@alice not I", "I have"]
    assert replies(cast.alice) == ["@alice not I", "I have"]
    assert replies(cast.bob) == ["in the same turn of the archive"]


def test_a_reply_goes_and_comes_with_its_message_and_stays_when_edited(cast, archive):
    hers = cast.say(cast.alice, "Who has the key?")
    gone, edited = answer(cast, cast.bob, hers, "I"), answer(cast, cast.bob, hers, "you")
    archive()
    amendments.delete_message(cast.bob, Delete(cast.room.pk, gone))
    amendments.edit_message(cast.bob.pk, Edit(cast.room.pk, edited, "nobody"))
    assert replies(cast.alice) == ["nobody"]
    archive()
    assert replies(cast.alice) == ["nobody"]
    amendments.restore_message(cast.bob, Restore(cast.room.pk, gone))
    archive()
    assert replies(cast.alice) == ["nobody", "I"]


def test_a_reply_in_a_room_that_one_left_is_told_no_more(cast, archive):
    answer(cast, cast.alice, cast.say(cast.bob, "Who has the key?"), "I have")
    archive()
    assert replies(cast.bob) == ["I have"]
    membership.leave_room(cast.bob, cast.room.pk)
    assert replies(cast.bob) == []


def test_a_reply_counts_as_no_mention(cast, archive):
    answer(cast, cast.alice, cast.say(cast.bob, "Who has the key?"), "I have")
    archive()
    [state] = catch_up(cast.bob.pk, {cast.room.pk: Position()})
    assert (state.unread, state.mentions) == (1, 0)


def test_mentions_and_replies_share_pages(cast, archive):
    hers = cast.say(cast.alice, "Count")
    for number in range(15):
        answer(cast, cast.bob, hers, f"reply {number}")
        cast.say(cast.bob, f"@alice {number}")
    archive()
    first = mentions.mentions_of(_author(cast.alice))
    second = mentions.mentions_of(_author(cast.alice), first.end)
    seen = [mention.text for mention in first.mentions + second.mentions]
    assert seen == [text for number in reversed(range(15)) for text in (f"@alice {number}", f"reply {number}")]
    assert second.end == ""
