"""In which order moderators find reports, page after page, and how hits of one rule become one report."""

import pytest

from chat.actions.moderation import report_handling, word_rules
from chat.actions.rooms import membership
from chat.models import Report


@pytest.fixture
def pages(monkeypatch):
    """Pages of two."""
    monkeypatch.setattr(report_handling, "PAGE", 2)

    def turn(found, **which):
        pages, after = [], ""
        while True:
            page = report_handling.page_of(found, after, **which)
            pages.append([report.seq for report in page.reports])
            after = page.end
            if not after:
                return pages

    return turn


def _report(cast, seq, **facts):
    known = {"room": cast.room, "author": cast.erin, "reason": "rude", "snapshot": {}, "reporter": cast.bob}
    return Report.objects.create(**{**known, "seq": seq, **facts})


def test_people_come_first_then_what_is_held_then_what_is_flagged(cast, pages):
    for seq, source in enumerate(("person", "flagged", "held", "person", "flagged"), 1):
        _report(cast, seq, source=source)
    assert pages(report_handling.reports_for(cast.dora, cast.room.pk)) == [[4, 1], [3, 5], [2]]
    assert pages(report_handling.reports_of_my_rooms(cast.dora)) == [[4, 1], [3, 5], [2]]


def test_what_was_resolved_is_paged_by_its_age_alone(cast, pages):
    for seq, source in enumerate(("person", "flagged", "person"), 1):
        _report(cast, seq, source=source, state="resolved")
    assert pages(report_handling.reports_for(cast.dora, cast.room.pk), resolved=True) == [[3, 2], [1]]


def test_a_further_hit_of_a_rule_counts_up_the_open_flag_and_shows_the_newest(cast):
    membership.join_room(cast.erin, cast.room.pk)
    for pattern in ("spam", "ham"):
        word_rules.set_word_rule(cast.dora, cast.room.pk, "word", pattern, "flag")
    cast.say(cast.erin, "spam 1", "spam 2")
    cast.say(cast.bob, "spam of another")
    cast.say(cast.erin, "ham", "spam 3")

    flags = Report.objects.order_by("pk").values_list("author__handle", "reason", "count", "seq", "snapshot__text")
    assert list(flags) == [
        ("erin", "Word list: spam", 3, 5, "spam 3"),
        ("bob", "Word list: spam", 1, 3, "spam of another"),
        ("erin", "Word list: ham", 1, 4, "ham"),
    ]
    report_handling.claim_report(cast.dora, Report.objects.earliest("pk").pk)
    cast.say(cast.erin, "spam 4")
    assert Report.objects.earliest("pk").count == 4
    report_handling.resolve_report(cast.dora, Report.objects.earliest("pk").pk)
    cast.say(cast.erin, "spam 5")
    assert Report.objects.filter(author=cast.erin, reason="Word list: spam", state="open").get().count == 1
