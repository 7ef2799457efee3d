"""The archive's screen: what is found in it, and that its acts are live."""

import pytest

from chat.models import Message
from tests.chat.admin.conftest import SCRIPT, silent

LIST = "/admin/chat/message/"


def listed(screens, **query) -> list[str]:
    page = screens.client.get(LIST, query)
    return [message.text for message in page.context["cl"].result_list]


@pytest.fixture
def seqs(scene) -> list[int]:
    return scene.say(scene.bob, "the red boat", "the green boat", "a house")


def test_the_newest_come_first_and_words_are_found(scene, mona, seqs):
    scene.say(scene.alice, "what boat?")
    assert listed(mona) == ["what boat?", "a house", "the green boat", "the red boat"]
    assert listed(mona, q="boat") == ["what boat?", "the green boat", "the red boat"]
    assert listed(mona, q="boat", **{"from": "@bob"}) == ["the green boat", "the red boat"]
    assert listed(mona, q="boat from:alice") == ["what boat?"]
    assert listed(mona, q='"green boat"') == ["the green boat"]
    assert listed(mona, q="red boa") == ["the red boat"]
    assert listed(mona, q="oat") == listed(mona, q="boat from:eve") == listed(mona, q="boat in:cellar") == []
    assert listed(mona, q="boat", until="2020-01-01") == listed(mona, q="boat before:2020-01-01") == []
    assert "Write the day as before:2026-11-24, before:yesterday or before:7d." in mona.text(LIST, q="before:never")


def test_words_of_what_is_deleted_are_found_where_one_asks_for_it(scene, mona, seqs):
    scene.act_deleted(seqs[0])
    assert listed(mona, q="boat") == ["the green boat"]
    assert listed(mona, q="boat", deleted__exact="1") == ["the red boat"]


def test_words_of_direct_rooms_are_not_found(scene, mona, seqs):
    direct = scene.open_direct(scene.alice, scene.bob)
    scene.say(scene.bob, "our own boat", room=direct)
    assert "our own boat" not in listed(mona, q="boat")
    assert listed(mona, q="own") == []


def test_filters_by_room_person_day_and_deletion(scene, mona, seqs):
    other = scene.open_room("Kitchen")
    scene.say(scene.alice, "the kettle", room=other)
    Message.objects.filter(text="the red boat").update(sent_at=1_700_000_000_000)  # 14 November 2023
    scene.act_deleted(seqs[2])
    assert listed(mona, **{"in": "#kitchen"}) == ["the kettle"]
    assert listed(mona, **{"in": "Lounge"}) == ["a house", "the green boat", "the red boat"]
    assert listed(mona, **{"from": "alice"}) == ["the kettle"]
    assert listed(mona, until="2023-11-14") == ["the red boat"]
    assert listed(mona, since="2023-11-15", **{"in": "lounge"}) == ["a house", "the green boat"]
    assert listed(mona, since="2023-11-14", until="2023-11-14") == ["the red boat"]
    assert listed(mona, deleted__exact="1") == ["a house"]
    assert "There is no room cellar." in mona.text(LIST, **{"in": "cellar"})
    assert "Nobody has the handle eve." in mona.text(LIST, **{"from": "eve"})
    for wrong in ("yesterday", "9999-12-31", "0001-01-01", "2023-02-30"):
        assert mona.client.get(LIST, {"since": wrong, "until": wrong}).status_code == 200


def test_what_stands_around_a_message_is_shown_with_it(scene, mona):
    seqs = scene.say(scene.bob, *(f"number {n}" for n in range(1, 31)))
    page = mona.text(f"{LIST}{scene.message(seqs[14]).pk}/change/")
    around = [n for n in range(1, 31) if f">number {n}<" in page]
    assert around == list(range(7, 24))


def test_one_is_deleted_on_every_screen_and_restored(scene, mona, seqs, ear):
    message = scene.message(seqs[0])
    assert mona.act(message, "delete", reason="rude") == ["The message was deleted for everyone."]
    [heard] = [one for one in ear.heard() if one.event == "amended"]
    assert heard.channel == f"room:{{{scene.room.pk}}}:events"
    assert (heard.payload["seq"], heard.payload["deleted"]) == (seqs[0], True)
    assert scene.live_texts() == ["", "the green boat", "a house"]
    assert scene.log() == [("delete", "mona", "bob", "rude")]

    # The archive has not heard of it yet, but the screen tells the truth.
    assert not scene.message(seqs[0]).deleted
    page = mona.text(f"{LIST}{message.pk}/change/")
    assert f"/{message.pk}/restore/now/" in page
    assert f"/{message.pk}/delete/now/" not in page
    [shown] = [one for one in mona.client.get(LIST).context["cl"].result_list if one.pk == message.pk]
    assert shown.deleted

    scene.archive()
    assert mona.act(message, "restore", reason="was fine") == ["The message was restored for everyone."]
    assert scene.live_texts()[0] == "the red boat"
    assert scene.log()[1:] == [("restore", "mona", "bob", "was fine")]


def test_many_are_deleted_and_restored_from_the_list(scene, mona, seqs, ear):
    chosen = [scene.message(seq).pk for seq in seqs[:2]]
    assert mona.choose(LIST, "delete_messages", chosen, reason="spam") == ["2 deleted for everyone."]
    assert scene.live_texts() == ["", "", "a house"]
    assert sorted(one.payload["seq"] for one in ear.heard() if one.event == "amended") == seqs[:2]
    assert scene.log() == [("delete", "mona", "bob", "spam")] * 2
    assert mona.choose(LIST, "restore_messages", chosen, reason="no spam") == ["2 restored for everyone."]
    assert scene.live_texts() == ["the red boat", "the green boat", "a house"]


def test_nothing_is_deleted_without_a_reason(scene, mona, seqs):
    assert mona.choose(LIST, "delete_messages", [scene.message(seqs[0]).pk]) == [
        "Add a reason: the person will see it, and it is logged."
    ]
    path = f"{LIST}{scene.message(seqs[0]).pk}/delete/now/"
    reply = mona.client.post(path, {"reason": ""})
    assert reply.status_code == 200
    assert "This field is required" in reply.content.decode()
    assert scene.live_texts()[0] == "the red boat"
    assert scene.log() == []


def test_what_somebody_above_wrote_is_refused(scene, mona):
    scene.join(scene.ruth)
    [seq] = scene.say(scene.ruth, "from the owner")
    [said] = mona.act(scene.message(seq), "delete", reason="no")
    assert "your own rank or above" in said
    assert scene.live_texts() == ["from the owner"]


def test_direct_rooms_are_their_peoples_own(scene, mona):
    direct = scene.open_direct(scene.alice, scene.bob)
    [seq] = scene.say(scene.bob, "between us", room=direct)
    message = Message.objects.get(room=direct, seq=seq)
    assert "between us" not in mona.text(LIST)
    assert mona.client.get(f"{LIST}{message.pk}/change/", follow=True).redirect_chain
    assert mona.client.post(f"{LIST}{message.pk}/delete/now/", {"reason": "x"}).status_code == 404


def test_a_script_is_text(scene, mona):
    [seq] = scene.say(scene.bob, SCRIPT)
    for page in (mona.text(LIST), mona.text(f"{LIST}{scene.message(seq).pk}/change/")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert 'href="javascript:' not in page


def test_a_list_asks_the_same_few_questions_however_long_it_is(scene, mona, django_assert_max_num_queries):
    scene.say(scene.bob, *(f"number {n}" for n in range(60)))
    with django_assert_max_num_queries(12) as asked:
        mona.text(LIST)
    assert not [query["sql"] for query in asked if "COUNT(*)" in query["sql"] and "LIMIT" not in query["sql"]
                and "chat_message" in query["sql"]]  # fmt: skip


def test_while_redis_is_silent_the_screen_shows_the_archive_and_an_act_says_so(scene, mona, seqs, live, monkeypatch):
    monkeypatch.setattr(live.archiving, "changes", silent)
    monkeypatch.setattr(live.amendments, "delete", silent)
    assert listed(mona) == ["a house", "the green boat", "the red boat"]
    [said] = mona.act(scene.message(seqs[0]), "delete", reason="rude")
    assert said == "Temporarily unavailable. Try again in a moment."


def test_messages_of_all_rooms_are_in_the_order_in_which_they_were_sent(scene, mona, seqs):
    # The archive took this room's messages first: their numbers say nothing about when another room's were sent.
    scene.say(scene.alice, "sent before", room=scene.open_room("Kitchen"))
    # Written in the same millisecond, they would stand in either order.
    for moment, text in enumerate(("sent before", "the red boat", "the green boat", "a house")):
        Message.objects.filter(text=text).update(sent_at=1_700_000_000_000 + moment)
    assert listed(mona) == ["a house", "the green boat", "the red boat", "sent before"]
    assert listed(mona, o="1") == ["sent before", "the red boat", "the green boat", "a house"]
