import re

import pytest

from chat.actions.rooms.previewing import Glance
from chat.models import JoinRequest, Membership


def rows(response) -> list[str]:
    return re.findall(r"<h2><a [^>]*><bdi>([^<]*)</bdi>", response.content.decode())


def test_it_lists_what_one_may_see(browser, room, alice, bob):
    room("sea", bob)
    room("mine", alice, kind="private")
    room("secret", bob, kind="private")
    room("direct-1", alice, bob, kind="direct", name="")
    assert rows(browser.get("/rooms/")) == ["mine", "sea"]


def test_its_script_comes_with_those_of_every_page_and_a_door_brings_its_own(browser, room, alice, bob):
    def named(path: str) -> set[str]:
        content = browser.get(path).content.decode()
        assert len(re.findall(r'<script type="module" src="[^"]*/js/app.js"', content)) == 1
        return set(
            re.findall(
                r'<link rel="modulepreload" href="[^"]*/(js/(?:pages/directory|app|moderation/join_requests/join_answer)\.js)"',
                content,
            )
        )

    room("cellar", bob, kind="private", takes_requests=True)
    assert named("/rooms/") == {"js/app.js", "js/pages/directory.js"}
    assert named("/rooms/cellar/") == {"js/app.js", "js/moderation/join_requests/join_answer.js"}
    assert named("/") == {"js/app.js"}


def test_a_room_is_joined_in_one_press_or_opened(browser, room, alice, bob):
    other, mine = room("sea", bob), room("mine", alice)
    content = browser.get("/rooms/").content.decode()
    assert f'data-join="{other.pk}"' in content
    assert f'data-join="{mine.pk}"' not in content


def test_it_counts_people_and_rooms(browser, room, alice, bob):
    room("sea", alice, bob)
    room("fair", bob, state="archived")
    content = browser.get("/rooms/").content.decode()
    assert "2 members" in content
    assert "1 person" in browser.get("/rooms/?show=archived").content.decode()
    assert [f"{words} 1" in content for words in ("All", "Archived")] == [True, True]
    assert "Not joined 0" in content


def test_it_says_what_slow_and_announcement_mean(browser, room, bob):
    room("news", bob, state="announcement", slow_mode=30)
    content = browser.get("/rooms/").content.decode()
    assert "Announcement only" in content
    assert "Slow mode, 30 s" in content


def test_it_says_how_many_are_here_and_when_something_was_said_only_if_it_knows(browser, room, bob, monkeypatch):
    room("sea", bob)
    assert " here</span>" not in browser.get("/rooms/").content.decode()
    monkeypatch.setattr(
        "chat.actions.rooms.browsing.glances", lambda room_ids: [Glance(3, 1_700_000_000_000) for _ in room_ids]
    )
    content = browser.get("/rooms/").content.decode()
    assert "3 here" in content
    assert 'data-ago="1700000000000"' in content


def test_a_hundred_rooms_take_no_more_queries_than_one(browser, room, bob, django_assert_max_num_queries):
    for number in range(100):
        room(f"room-{number}", bob)
    with django_assert_max_num_queries(8):
        browser.get("/rooms/")


@pytest.fixture
def fleet(room, bob):
    """120 rooms, every third with a lighthouse in its topic, every tenth archived."""
    for number in range(120):
        facts = {"topic": "Phâre" if number % 3 == 0 else "", "state": "archived" if number % 10 == 0 else "open"}
        room(f"boat-{number:03}", bob, **facts)


def test_l6_the_directory_is_paged(browser, fleet):
    pages = [rows(browser.get("/rooms/", {"page": number})) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [30, 30, 30, 18]
    assert sorted({name for page in pages for name in page}) == [name for page in pages for name in page]
    assert "Page 1 of 4" in browser.get("/rooms/").content.decode()


def test_l6_its_counts_follow_the_words_and_pages_keep_them(browser, fleet):
    content = browser.get("/rooms/", {"q": "PHARE boat"}).content.decode()
    assert [f"{words}</span>" in content for words in ("All 36", "Not joined 36", "Archived 4")] == [True] * 3
    assert "No room has" not in content
    some = browser.get("/rooms/", {"q": "boat", "show": "all", "page": "2"}).content.decode()
    assert 'href="?q=boat&amp;show=all&amp;page=3"' in some
    assert rows(browser.get("/rooms/", {"q": "phare", "show": "archived"})) == ["boat-000", "boat-030", "boat-060", "boat-090"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 5_000, "", "\x00", "1e9"])
def test_a_page_that_is_not_there_is_the_nearest_one(browser, fleet, page):
    assert len(rows(browser.get("/rooms/", {"page": page}))) in (30, 18)


@pytest.mark.parametrize("query", ["\x00", "%", "_", "'", "\\", "é" * 100_000, "\u0316" * 300, "a " * 5_000, "ﷺ" * 120])
def test_words_of_any_kind_find_nothing_and_harm_nothing(browser, fleet, query):
    answer = browser.get("/rooms/", {"q": query, "show": "no such", "page": "7"})
    assert answer.status_code == 200


def test_the_topic_of_a_private_room_is_not_found_from_outside(browser, room, alice, bob):
    cellar = room("cellar", bob, kind="private", topic="what we plan", takes_requests=True)
    assert rows(browser.get("/rooms/", {"q": "plan"})) == []
    assert rows(browser.get("/rooms/", {"q": "cell"})) == ["cellar"]
    Membership.objects.create(room=cellar, user=alice)
    assert rows(browser.get("/rooms/", {"q": "plan"})) == ["cellar"]


def test_a_private_room_that_takes_requests_shows_its_name_and_the_way_to_ask(browser, room, alice, bob):
    hidden = room("cellar", bob, kind="private", topic="what we plan", takes_requests=True)
    room("vault", bob, kind="private")
    room("mine", alice, kind="private", takes_requests=True)
    room("closed", bob, kind="private", takes_requests=True, state="archived")
    page = browser.get("/rooms/").content.decode()
    assert rows(browser.get("/rooms/")) == ["mine", "cellar"]
    assert "Not joined 1" in page
    assert 'action="/rooms/cellar/ask/"' in page
    assert "what we plan" not in page  # nothing but the name

    JoinRequest.objects.create(room=hidden, user=alice)
    page = browser.get("/rooms/").content.decode()
    assert "Requested" in page
    assert 'action="/rooms/cellar/ask/"' not in page


def test_who_knocks_at_too_many_doors_waits(browser, room, alice, bob, live, settings):
    settings.LIMITS = {**settings.LIMITS, "joins": (2, 60_000)}
    for name in ("cellar", "attic", "shed"):
        room(name, bob, kind="private", takes_requests=True)
    answers = [browser.post(f"/rooms/{name}/ask/").status_code for name in ("cellar", "attic", "shed")]
    assert answers == [302, 302, 429]
    assert set(JoinRequest.objects.values_list("room__slug", flat=True)) == {"cellar", "attic"}
