"""Searching finds all that one may read, and of the rest not a trace."""

from collections.abc import Callable

import pytest

from chat.actions.messages import amendments
from chat.actions.messages.searching import Results, search_messages
from chat.actions.moderation import mute_kick_ban
from chat.actions.rooms import creating, membership
from chat.archive.archiver import Archiver
from chat.domain.errors import ChatError
from chat.domain.protocol import Delete, Edit, Restore
from chat.models import Message


@pytest.fixture
def archive(live) -> Callable[[], None]:
    """Lets everything that was said until now be archived."""
    return Archiver(live).turn


def texts(found: Results) -> list[str]:
    """What was found, as one reads it."""
    return [hit.text for hit in found.page.hits]


def test_a_message_is_found_with_those_around_it(cast, archive):
    cast.say(cast.bob, "before it", "the lighthouse is red", "after it")
    archive()
    found = search_messages(cast.alice.pk, "lighthouse")
    [hit] = found.page.hits
    assert hit.author
    assert (hit.room, hit.seq, hit.author.handle) == (cast.room.pk, 2, "bob")
    assert (hit.text, hit.found) == ("the lighthouse is red", ["lighthouse"])
    assert hit.before
    assert hit.after
    assert (hit.before.seq, hit.before.text) == (1, "before it")
    assert (hit.after.seq, hit.after.text) == (3, "after it")
    assert [room.slug for room in found.rooms] == [cast.room.slug]


def test_the_first_and_the_last_have_nothing_beyond(cast, archive):
    cast.say(cast.bob, "lighthouse")
    archive()
    [hit] = search_messages(cast.alice.pk, "lighthouse").page.hits
    assert (hit.before, hit.after) == (None, None)


def test_by_whom_and_where(cast, archive):
    other = cast.open_room("Harbour", "private")
    cast.say(cast.alice, "boat of alice")
    cast.say(cast.bob, "boat of bob")
    cast.say(cast.bob, "boat in the harbour", room=other)
    archive()

    def find(query):
        return texts(search_messages(cast.bob.pk, query))

    assert find("boat") == ["boat in the harbour", "boat of bob", "boat of alice"]
    assert find("boat from:alice") == ["boat of alice"]
    assert find("from:@Bob in:#lounge") == ["boat of bob"]
    assert find("from:me from:alice") == ["boat in the harbour", "boat of bob", "boat of alice"]
    assert find(f"in:{other.slug}") == ["boat in the harbour"]
    assert find(f"in:{other.slug} in:lounge boat") == ["boat in the harbour", "boat of bob", "boat of alice"]


def test_mentions_edits_links_and_days_narrow_a_search(cast, archive):
    cast.say(cast.bob, "for @alice: https://b.example", "for @carol", "a `boat`", "plain")
    amendments.edit_message(cast.bob.pk, Edit(cast.room.pk, 4, "plainer"))
    archive()

    def find(query):
        return texts(search_messages(cast.alice.pk, query))

    assert find("mentions:me") == find("mentions:@Alice has:link") == find("has:link") == ["for @alice: https://b.example"]
    assert find("has:code") == ["a `boat`"]
    assert find("is:edited") == ["plainer"]
    assert find("mentions:me has:code") == []
    assert find("after:today for") == find("after:7d before:2100-01-01 for") == ["for @carol", "for @alice: https://b.example"]
    assert find("before:yesterday for") == []


def test_a_room_is_found_by_its_name_and_what_is_no_operator_is_named(cast, archive):
    sharp = [cast.open_room(name, "public") for name in ("C++", "C#")][1]
    cast.say(cast.bob, "to the boat", room=sharp)
    archive()
    assert sharp.slug == "c-2"
    for query in ("in:C# boat", "in:c-2", "in:#c#"):
        assert texts(search_messages(cast.bob.pk, query)) == ["to the boat"], query
    found = search_messages(cast.bob.pk, "to:boat in:nowhere mentions:nobody")
    assert (found.not_operators, found.unknown) == (["to:"], ["in:nowhere", "mentions:nobody"])


@pytest.mark.parametrize(
    ("zone", "found"), [("", ["of the 23rd"]), ("Asia/Tokyo", []), ("America/New_York", ["of the 24th", "of the 23rd"])]
)
def test_days_are_those_of_the_person(cast, archive, zone, found):
    for text, moment in (("of the 23rd", 1_795_471_200_000), ("of the 24th", 1_795_485_600_000)):
        seq = cast.say(cast.bob, text)
        archive()
        message = Message.objects.get(seq=seq)
        _sent(message, moment)  # 22:00 and 02:00 UTC
    assert texts(search_messages(cast.bob.pk, "before:2026-11-24 after:2026-11-23", zone)) == found


@pytest.mark.parametrize("zone", ["Nowhere/At_all", "../../etc/passwd", "Europe", "\0", "x" * 5_000, "/etc/localtime"])
def test_an_unknown_zone_has_the_days_of_utc(cast, zone):
    assert texts(search_messages(cast.bob.pk, "after:2026-11-23", zone)) == []


def test_a_public_room_can_be_searched_before_one_joins(cast, archive):
    cast.say(cast.bob, "come to the lighthouse")
    archive()
    assert texts(search_messages(cast.carol.pk, "lighthouse")) == ["come to the lighthouse"]


@pytest.mark.parametrize("kind", ["private", "direct"])
def test_a_room_that_is_not_hers_is_for_carol_as_if_it_were_not_there(cast, archive, kind):
    secret = cast.open_room("Secret", "private") if kind == "private" else creating.open_direct_room(cast.alice, [cast.bob.pk])
    cast.say(cast.bob, "the lighthouse", room=secret)
    archive()
    assert texts(search_messages(cast.bob.pk, "lighthouse")) == ["the lighthouse"]
    nothing = search_messages(cast.carol.pk, "lighthouse")
    assert nothing == search_messages(cast.carol.pk, "lightship")
    hidden = search_messages(cast.carol.pk, f"lighthouse in:{secret.slug}")
    absent = search_messages(cast.carol.pk, "lighthouse in:absent")
    assert (hidden.page, hidden.rooms) == (absent.page, absent.rooms) == (nothing.page, [])
    assert (hidden.unknown, absent.unknown) == ([f"in:{secret.slug}"], ["in:absent"])


def test_nobody_reaches_into_a_room_by_what_they_write(cast, archive):
    secret = cast.open_room("Secret", "private")
    seq = cast.say(cast.bob, "the lighthouse", room=secret)
    archive()
    pages = (f"{Message.objects.get(room=secret, seq=seq).pk + 1}", "9999999999")
    attempts = (f"#{secret.pk}", f'"#{secret.pk}" lighthouse', f"lighthouse) OR (#{secret.pk}", "* OR *", 'light*" OR "')
    for after in ("", *pages):
        for attempt in attempts:
            assert texts(search_messages(cast.carol.pk, attempt, after=after)) == []


def test_who_has_left_a_private_room_finds_nothing_in_it(cast, archive):
    secret = cast.open_room("Secret", "private")
    cast.say(cast.bob, "the lighthouse", room=secret)
    archive()
    membership.leave_room(cast.bob, secret.pk)
    assert texts(search_messages(cast.bob.pk, "lighthouse")) == []
    assert texts(search_messages(cast.alice.pk, "lighthouse")) == ["the lighthouse"]


def test_who_is_banned_from_a_public_room_finds_nothing_in_it(cast, archive):
    cast.say(cast.alice, "the lighthouse")
    archive()
    mute_kick_ban.ban_person(cast.alice, cast.room.pk, cast.bob.pk, "Enough")
    mute_kick_ban.ban_person(cast.alice, cast.room.pk, cast.carol.pk, "Enough")
    assert texts(search_messages(cast.bob.pk, "lighthouse")) == []
    assert texts(search_messages(cast.carol.pk, "lighthouse")) == []
    mute_kick_ban.unban_person(cast.alice, cast.room.pk, cast.carol.pk)
    assert texts(search_messages(cast.carol.pk, "lighthouse")) == ["the lighthouse"]


def test_a_deletion_and_an_edit_hold_before_they_are_archived(cast, archive):
    cast.say(cast.bob, "a lighthouse", "two lighthouses", "three lighthouses")
    archive()
    amendments.delete_message(cast.bob, Delete(cast.room.pk, 1))
    amendments.edit_message(cast.bob.pk, Edit(cast.room.pk, 3, "three ships"))
    found = search_messages(cast.alice.pk, "lighthouse")
    assert texts(found) == ["two lighthouses"]
    [hit] = found.page.hits
    assert hit.before is None
    assert hit.after
    assert hit.after.text == "three ships"
    amendments.restore_message(cast.bob, Restore(cast.room.pk, 1))
    archive()
    assert texts(search_messages(cast.alice.pk, "lighthouse")) == ["two lighthouses", "a lighthouse"]
    assert texts(search_messages(cast.alice.pk, "ships")) == ["three ships"]


def test_pages_follow_each_other(cast, archive):
    cast.say(cast.bob, *(f"lighthouse {number}" for number in range(45)))
    archive()
    seen: list[str] = []
    after = None
    while after != "":
        found = search_messages(cast.alice.pk, "lighthouse", after=after or "")
        seen += texts(found)
        after = found.page.end
    assert seen == [f"lighthouse {number}" for number in reversed(range(45))]


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("", "empty", "Enter what to search for."),
        (
            "?!",
            "empty",
            "There is nothing to search for in “?!”. Use words, numbers, or symbols such as → and ⭐.",
        ),
        ("in:lounge ++", "empty", "There is nothing to search for in “++”. Use words, numbers, or symbols such as → and ⭐."),
        ("before:soon boat", "bad_request", "Write the day as before:2026-11-24, before:yesterday or before:7d."),
        ("x" * 1_000, "bad_request", "Enter at most 300 characters."),
    ],
)
def test_what_cannot_be_looked_for_is_refused_in_words(cast, query, code, words):
    with pytest.raises(ChatError) as refused:
        search_messages(cast.alice.pk, query)
    assert (refused.value.code, refused.value.message) == (code, words)


def test_who_asks_too_often_waits(cast, settings):
    settings.LIMITS = {**settings.LIMITS, "searches": (3, 1_500)}
    with pytest.raises(ChatError) as refused:
        _search_often(cast.alice.pk)
    assert refused.value.code == "rate_limited"
    assert 0 < (refused.value.retry_in or 0) <= 0.5
    search_messages(cast.bob.pk, "lighthouse")


def _search_often(user_id: int) -> None:
    for _ in range(10):
        search_messages(user_id, "lighthouse")


def _sent(message: Message, moment: int) -> None:
    """Let a message be of another time."""
    from django.db import connection

    from chat.archive.search.index import index_of
    from chat.archive.search.terms import IndexEntry

    index = index_of(connection)
    index.remove([IndexEntry(message.pk, message.room_id, message.author_id, message.sent_at, message.text)])
    message.sent_at = moment
    message.save()
    index.put([IndexEntry(message.pk, message.room_id, message.author_id, moment, message.text)])
