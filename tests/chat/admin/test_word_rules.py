"""The word lists: what is added, changed or dropped here holds for the next message."""

from chat.models import WordRule
from tests.chat.admin.conftest import SCRIPT

LIST = "/admin/chat/wordrule/"


def add(screens, **facts):
    return screens.client.post(f"{LIST}add/", {"room": "", "kind": "word", "effect": "refuse"} | facts)


def rules() -> list[tuple[str, str, int | None]]:
    return list(WordRule.objects.order_by("pk").values_list("pattern", "effect", "room"))


def test_a_rule_for_all_rooms_holds_at_once_and_is_dropped(scene, mona):
    assert add(mona, pattern="Casino").status_code == 302
    assert rules() == [("casino", "refuse", None)]
    assert scene.refusal(scene.bob, "my casino")
    assert scene.log() == [("words", "mona", None, "")]

    rule = WordRule.objects.get()
    assert mona.client.post(f"{LIST}{rule.pk}/delete/", {"post": "yes"}).status_code == 302
    assert scene.refusal(scene.bob, "my casino") is None
    assert rules() == []


def test_a_rule_of_one_room_gets_another_effect_and_no_other_words(scene, mona):
    add(mona, pattern="casino", room=scene.room.pk)
    rule = WordRule.objects.get()
    changed = {"effect": "flag", "pattern": "other", "kind": "link", "room": ""}
    assert mona.client.post(f"{LIST}{rule.pk}/change/", changed).status_code == 302
    assert rules() == [("casino", "flag", scene.room.pk)]
    assert scene.refusal(scene.bob, "my casino") is None


def test_many_are_dropped_from_the_list(scene, mona):
    for pattern in ("casino", "lottery"):
        add(mona, pattern=pattern)
    chosen = list(WordRule.objects.values_list("pk", flat=True))
    mona.choose(LIST, "delete_selected", chosen, post="yes")
    assert rules() == []
    assert scene.refusal(scene.bob, "my casino and lottery") is None


def test_what_is_no_rule_is_said_in_the_form(scene, mona):
    direct = scene.open_direct(scene.alice, scene.bob)
    for facts in ({"pattern": ""}, {"pattern": "*"}, {"pattern": "casino", "room": direct.pk}):
        assert add(mona, **facts).context["errors"]
    assert rules() == []


def test_a_script_is_text(mona):
    add(mona, pattern=SCRIPT[:40])
    page = mona.text(LIST)
    assert "<script>alert" not in page
