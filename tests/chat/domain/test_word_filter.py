"""What a word list makes of a text."""

import time

import pytest

from chat.domain.errors import ChatError
from chat.domain.word_filter import Rule, WordList, clean_pattern, count_links, count_mentions, list_id, word_list


def _judge(text, *patterns, kind="word", effect="refuse"):
    verdict = WordList([Rule(kind, clean_pattern(kind, pattern), effect) for pattern in patterns]).judge(text)
    return verdict and verdict.pattern


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("casino", "The CASINO is open"), ("casino", "casino"), ("casino", "(casino)!"), ("casino", "ｃａｓｉｎｏ"),
        ("casino", "cas\u200bino"), ("cash prize", "a Cash\n  Prize!"), ("cash prize", "cash-prize"), ("don't", "Don't you"),
        ("casi*", "casinos"), ("*sino", "a casino"), ("*sin*", "casinos"), ("café", "cafe\u0301"), ("straße", "STRASSE"),
    ],
)  # fmt: skip
def test_a_word_is_found(pattern, text):
    assert _judge(text, pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("casino", "casinos"), ("casino", "acasino"), ("cash prize", "cash in prize"), ("casi*", "acasino"), ("*sino", "sinobar")],
)
def test_what_is_no_such_word(pattern, text):
    assert _judge(text, pattern) is None


@pytest.mark.parametrize("text", ["see http://spam.example/x", "SPAM.EXAMPLE", "https://www.spam.example.", "a.b.spam.example"])
def test_a_site_is_found_with_all_below_it(text):
    assert _judge(text, "https://www.spam.example/offer", kind="link") == "spam.example"


@pytest.mark.parametrize("text", ["notspam.example", "spam.example.org", "spam example", "example"])
def test_another_site_is_not(text):
    assert _judge(text, "spam.example", kind="link") is None


def test_the_worst_rule_counts():
    rules = WordList([Rule("word", "odd", "flag"), Rule("word", "bad", "hold"), Rule("link", "spam.example", "refuse")])
    assert rules.judge("odd") == ("flag", "odd")
    assert rules.judge("odd and bad") == ("hold", "bad")
    assert rules.judge("odd, bad spam.example") == ("refuse", "spam.example")
    assert rules.judge("fine") is None
    assert word_list(b"").judge("anything at all") is None


@pytest.mark.parametrize(("kind", "pattern"), [("word", "*"), ("word", "a"), ("word", "!?"), ("link", "nowhere"), ("link", "")])
def test_a_rule_for_everything_is_none(kind, pattern):
    with pytest.raises(ChatError) as refused:
        clean_pattern(kind, pattern)
    assert refused.value.code == "bad_request"


@pytest.mark.parametrize(
    "pattern", [lambda n: f"*{'a' * (n % 90 + 1)}b*", lambda n: "a " * (n % 40 + 1) + "b", lambda n: f"*{'ab' * (n % 45 + 1)}c"]
)
@pytest.mark.parametrize("text", ["a" * 8_000, "a " * 4_000, "ab" * 4_000, "a." * 4_000, ("ab-" * 20 + ".") * 130])
def test_no_list_and_no_text_take_long(pattern, text):
    rules = WordList([Rule("word", clean_pattern("word", pattern(number)), "refuse") for number in range(400)])
    began = time.process_time()
    rules.judge(text)
    assert time.process_time() - began < 0.5


def test_links_and_mentions():
    assert count_links("https://a.example http://b.example and www.c.example, not d.example") == 3
    assert count_links("https://www.a.example") == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("https://chat.example/rooms/sea/ (https://CHAT.example) <https://chat.example?q#x> https://chat.example", 0),
        ("HTTPS://chat.example/1, https://other.example/", 1),
        ("https://chat.example.evil.org https://chat.example@evil.org https://chat.example:8443/", 3),
        ("https://chat.example\\evil.org http://chat.example https://www.chat.example", 3),
        ("https://evil.org/https://chat.example/", 1),
    ],
)
def test_links_to_our_own_pages_do_not_count_and_nothing_that_only_begins_like_them(text, count):
    assert count_links(text, ["https://chat.example"]) == count
    assert count_mentions("@bob and @alice-b, not me@example.org") == 2


def test_a_list_is_known_by_what_is_in_it():
    assert list_id(b"") == ""
    assert list_id(b"[1]") == list_id(b"[1]") != list_id(b"[2]")
