"""How long texts are cut for lists."""

import pytest

from chat.admin.framework.shortening import shortened


@pytest.mark.parametrize("letter", ["👩‍👩‍👧‍👦", "👍🏽", "🇳🇴", "n\u0301", "❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣"])
def test_what_is_seen_as_one_is_not_cut_in_half(letter):
    text = "a" * 10 + letter + "b" * 100
    for most in range(11, 11 + len(letter)):
        assert shortened(text, most) == ("a" * min(most - 1, 10)) + "…"
    assert shortened(text, 11 + len(letter)) == "a" * 10 + letter + "…"


def test_flags_in_a_row_are_cut_between_flags():
    assert shortened("🇳🇴🇸🇪🇩🇰", 4) == "🇳🇴…"


def test_short_texts_stay_and_marks_without_end_are_cut():
    assert shortened("a" * 200, 200) == "a" * 200
    assert len(shortened("a" + "\u0301" * 8_000, 200)) == 200
