"""Presence: deadlines by Redis's clock, each change told once."""

from datetime import date

import pytest

from chat.live.presence import PresenceEntry, PresenceStore
from chat.live.redis.scripts import ScriptRunner


@pytest.fixture
def changes(told):
    """Who became what since one last asked."""

    def since():
        heard = told()
        assert {name for name, _ in heard} <= {"presence"}
        return [(payload["user"], payload["status"]) for _, payload in heard]

    return since


@pytest.fixture
def servers(any_live):
    return [PresenceStore(ScriptRunner(any_live.client), name) for name in ("one", "two")]


def _who(store):
    [here] = store.who([7])
    return {person.user: person.status for person in here}


def _expire(client, user):
    for entry in client.zrange("room:{7}:online", 0, -1):
        if entry.startswith(b"%d|" % user):
            client.zadd("room:{7}:online", {entry: 1})


def test_a_person_comes_beats_and_leaves(servers, changes, any_live):
    one, _ = servers
    one.beat({7: [PresenceEntry(5, "tab", "active")]})
    assert changes() == [(5, "active")]
    assert any_live.client.zrange("room:{7}:online", 0, -1) == [b"5|tab|one"]
    one.beat({7: [PresenceEntry(5, "tab", "active")]})
    assert changes() == []
    assert _who(one) == {5: "active"}
    one.leave([7], 5, "tab")
    assert changes() == [(5, "offline")]
    assert _who(one) == {}
    assert any_live.client.hgetall("room:{7}:present") == {}


def test_active_on_any_device_is_active(servers, changes):
    one, two = servers
    one.beat({7: [PresenceEntry(5, "desk", "active")]})
    two.beat({7: [PresenceEntry(5, "phone", "away")]})
    assert changes() == [(5, "active")]
    one.beat({7: [PresenceEntry(5, "desk", "away")]})
    assert changes() == [(5, "away")]
    two.beat({7: [PresenceEntry(5, "phone", "active")]})
    assert changes() == [(5, "active")]
    two.leave([7], 5, "phone")
    assert changes() == [(5, "away")]
    one.leave([7], 5, "desk")
    assert changes() == [(5, "offline")]


def test_nobody_past_their_deadline_is_ever_listed(servers, changes, any_live):
    one, two = servers
    one.beat({7: [PresenceEntry(5, "tab", "away"), PresenceEntry(6, "tab", "active")]})
    changes()
    _expire(any_live.client, 5)

    assert _who(two) == {6: "active"}
    assert changes() == [(5, "offline")]
    assert _who(one) == {6: "active"}
    assert changes() == []


def test_who_was_taken_for_gone_is_back_with_the_next_beat(servers, changes, any_live):
    one, two = servers
    one.beat({7: [PresenceEntry(5, "tab", "active")]})
    _expire(any_live.client, 5)
    two.beat({7: [PresenceEntry(6, "tab", "active")]})
    changes()
    one.beat({7: [PresenceEntry(5, "tab", "active")]})
    assert changes() == [(5, "active")]


def test_leaving_twice_is_told_once(servers, changes):
    one, _ = servers
    one.beat({7: [PresenceEntry(5, "tab", "active")]})
    one.leave([7], 5, "tab")
    one.leave([7], 5, "tab")
    assert changes() == [(5, "active"), (5, "offline")]


def test_a_dead_server_is_buried_by_the_others(servers, changes, any_live):
    one, two = servers
    for store, user in ((one, 5), (two, 6)):
        store.renew_lease()
        store.beat({7: [PresenceEntry(user, "tab", "active")]})
    changes()
    assert two.bury_dead_servers() == []

    any_live.client.delete("server:one")

    assert two.bury_dead_servers() == ["one"]
    assert changes() == [(5, "offline")]
    assert _who(two) == {6: "active"}
    assert any_live.client.smembers("servers") == {b"two"}
    assert two.bury_dead_servers() == []


def test_a_server_that_stops_leaves_at_once(servers, changes):
    one, _ = servers
    one.renew_lease()
    one.beat({7: [PresenceEntry(5, "tab", "active")]})
    one.end_lease()
    assert changes() == [(5, "active"), (5, "offline")]


def test_a_thousand_beats_in_one_room(servers):
    one, _ = servers
    one.beat({7: [PresenceEntry(user, "tab", "active") for user in range(1, 1_001)]})
    assert len(_who(one)) == 1_000


def test_the_days_bitmap_holds_who_was_here(servers, any_live):
    servers[0].mark_active([5, 42], date(2026, 11, 23))
    assert [any_live.client.getbit("active:2026-11-23", user) for user in (5, 6, 42)] == [1, 0, 1]
