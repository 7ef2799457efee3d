"""What the index finds, on both databases alike."""

import json
import random

import hypothesis
import pytest
from hypothesis import HealthCheck, given

from accounts.models import User
from chat.archive.search.query import parse
from chat.archive.search.request import SearchIndex, Wanted
from chat.archive.search.terms import IndexEntry, indexed_words
from chat.domain.errors import ChatError
from chat.models import Mention, Message, Room
from tests.chat.archive.search.test_query import NASTY

DAY = 24 * 60 * 60 * 1000
NOON = 1_790_000_000_000


class Archive:
    """Two rooms and two people; puts messages into the archive and the index."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self.rooms = {name: Room.objects.create(name=name, slug=name) for name in ("sea", "land")}
        self.people = {name: User.objects.create_user(f"{name}@example.org", name) for name in ("alice", "bob")}

    def __call__(self, *texts: str, room: str = "sea", by: str = "alice", at: int | None = None) -> list[int]:
        """Return the ids of new messages, a second apart unless they are all of one moment."""
        made = [self._message(text, seq, room, by, at) for seq, text in enumerate(texts, Message.objects.count() + 1)]
        self._index.put([IndexEntry(each.pk, each.room_id, each.author_id, each.sent_at, each.text) for each in made])
        return [each.pk for each in made]

    def _message(self, text: str, seq: int, room: str, by: str, at: int | None) -> Message:
        sent_at = NOON + 1000 * seq if at is None else at
        return Message.objects.create(room=self.rooms[room], seq=seq, author=self.people[by], text=text, sent_at=sent_at)


@pytest.fixture
def archive(index):
    return Archive(index)


@pytest.fixture
def find(index, archive):
    """Looks for words in both rooms, unless it is told others, and returns texts."""

    def look(words, **wanted):
        rooms = wanted.pop("rooms", [room.pk for room in archive.rooms.values()])
        ids = index.find(Wanted(parse(words).phrases, rooms, **wanted)).ids
        texts = dict(Message.objects.values_list("pk", "text"))
        return [texts[found] for found in ids]

    return look


def test_the_newest_comes_first(archive, find):
    archive("first boat", "no such thing", "second boat", "third boat")
    assert find("boat") == ["third boat", "second boat", "first boat"]


def test_every_word_must_be_there(archive, find):
    archive("a red boat", "a red house", "a boat")
    assert find("boat red") == ["a red boat"]
    assert find("boat green") == []


def test_the_last_word_may_go_on(archive, find):
    archive("deployment", "we deploy", "undeploy")
    assert find("deploy") == ["we deploy", "deployment"]
    assert find("dep") == ["we deploy", "deployment"]
    assert find("deployme") == ["deployment"]
    assert find('"deploy"') == ["we deploy"]
    assert find("deploy we") == ["we deploy"]


def test_a_phrase_is_found_only_together(archive, find):
    archive("red boat house", "boat red house", "the red, boat!", "red boathouse")
    assert find('"red boat"') == ["the red, boat!", "red boat house"]
    assert find('"red boat" house') == ["red boat house"]
    assert find("red-boat") == ["red boathouse", "the red, boat!", "red boat house"]


def test_letters_are_found_as_people_write_them(archive, find):
    alike = [
        ("Café Müller", "cafe muller"),
        ("CAFE\u0301 noir", "café noir"),
        ("die Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("شُكْرًا", "شكرا"),
        ("הַשָּׁלוֹם", "השלום"),
        ("हिन्दी भाषा", "हिन्दी"),
        ("서울에서 만나요", "서울"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("東京都に行く", "東京"),
        ("東京都に行く", "京都に"),
        ("東京都に行く", "都"),
        ("東京都に行く", "く"),
        ("頑張れがんば", "んば"),
        ("ที่นี่", "นี่"),
        ("well done 🎉", "🎉"),
        ("snake_case and path/to/file.py", "file.py"),
        ("we meet in Łódź", "lodz"),
        ("Malmø by night", "MALMO"),
        ("hy\u00adphen\u00adation", "hyphenation"),
        ("a gold ⭐", "⭐"),
        ("up at ⏰ seven", "⏰"),
        ("this → that", "→"),
        ("5 € each", "€"),
        ("Modern C++17", "c++"),
        ("F# is fun", "f#"),
        ("it's O'Brien's", "o'brien"),
    ]
    archive(*{written for written, _ in alike})
    for written, asked in alike:
        assert find(asked) == [written], asked


def test_what_is_another_word_is_not_found(archive, find):
    archive("東京", "がく", "हिन्दी", "cafe")
    for asked in ("京東", "かく", "हन्द", "caff"):
        assert find(asked) == [], asked


def test_signs_tell_names_apart(archive, find):
    archive("C++ here", "C# here", "C here", "G++ and Notepad++")
    assert find("C++") == ["C++ here"]
    assert find('"C# here"') == ["C# here"]
    assert find('"c here"') == ["C here"]
    assert find("here C") == ["C here", "C# here", "C++ here"]
    assert find("notepad") == find("notepad++") == ["G++ and Notepad++"]


def test_links_and_code_are_found(archive, find):
    archive("see https://b.example", "run `ls`", "```\nls\n``` of example.com", "plain !link !code")
    assert find("", traits=["link"]) == ["```\nls\n``` of example.com", "see https://b.example"]
    assert find("", traits=["code"]) == ["```\nls\n``` of example.com", "run `ls`"]
    assert find("ls", traits=["link", "code"]) == ["```\nls\n``` of example.com"]


def test_who_is_mentioned_and_what_was_edited(archive, find):
    first, second, third = archive("for bob", "for all", "for alice")
    Message.objects.filter(pk=third).update(amendment='{"seq":3,"rev":1,"by":1,"text":"x","edited_at":5}')
    Message.objects.filter(pk=second).update(amendment=json.dumps({"history": ['"edited_at":5']}))
    seqs = dict(Message.objects.values_list("pk", "seq"))
    alice, bob, sea = archive.people["alice"].pk, archive.people["bob"].pk, archive.rooms["sea"].pk
    for message, user in ((first, bob), (second, None), (third, alice)):
        Mention.objects.create(room_id=sea, seq=seqs[message], user_id=user)
    assert find("", mentioned=[bob]) == ["for bob"]
    assert find("", mentioned=[bob, alice]) == ["for alice", "for bob"]
    assert find("", mentioned=[bob], everyone=True) == ["for all", "for bob"]
    assert find("all", mentioned=[bob]) == []
    assert find("", mentioned=[alice, bob], rooms=[archive.rooms["land"].pk]) == []
    assert find("", is_edited=True) == find("alice", is_edited=True) == ["for alice"]


def test_nobody_can_write_the_mark_of_a_room_or_a_person(archive, find):
    room, person = archive.rooms["land"].pk, archive.people["bob"].pk
    archive(f"#{room} @{person} :a1", by="alice")
    assert find("", authors=[person]) == []
    assert find("", rooms=[room]) == []


def test_rooms_and_authors_are_kept_apart(archive, find):
    archive("boat of alice", by="alice")
    archive("boat of bob", by="bob")
    archive("boat on land", by="bob", room="land")
    bob = archive.people["bob"].pk
    assert find("boat", authors=[bob]) == ["boat on land", "boat of bob"]
    assert find("boat", rooms=[archive.rooms["land"].pk]) == ["boat on land"]
    assert find("", authors=[bob], rooms=[archive.rooms["sea"].pk]) == ["boat of bob"]
    assert find("boat", rooms=None) == ["boat on land", "boat of bob", "boat of alice"]
    assert find("boat", rooms=[0]) == []


def test_who_may_read_thousands_of_rooms_finds_in_them_all(archive, find):
    archive("boat on land", room="land")
    archive("boat at sea")
    assert find("boat", rooms=[archive.rooms["land"].pk, *range(10_000, 12_000)]) == ["boat on land"]


def test_days_are_exact_to_the_millisecond(archive, find):
    for days in range(10):
        archive(f"boat of day {days}", at=NOON + days * DAY)
    assert find("boat", since=NOON + 7 * DAY) == ["boat of day 9", "boat of day 8", "boat of day 7"]
    assert find("boat", since=NOON + 7 * DAY + 1, until=NOON + 9 * DAY) == ["boat of day 8"]
    assert find("boat", until=NOON + DAY) == ["boat of day 0"]
    assert find("", until=NOON + 1) == ["boat of day 0"]
    assert find("boat", since=NOON + DAY, until=NOON) == []


def test_what_is_years_old_is_found_by_its_day_alone(archive, find):
    archive("boat of long ago", at=NOON - 800 * DAY)
    archive("boat of today", at=NOON)
    assert find("", rooms=None, until=NOON) == ["boat of long ago"]
    assert find("boat", rooms=None, until=NOON) == ["boat of long ago"]
    assert find("boat", rooms=None) == ["boat of today", "boat of long ago"]


@pytest.mark.parametrize("seed", range(3))
def test_pages_join_and_agree_with_a_search_by_hand(archive, index, seed, monkeypatch):
    chance = random.Random(seed)
    monkeypatch.setattr("chat.archive.search.sqlite.BATCH", (1_000, 5, 2)[seed])
    monkeypatch.setattr("chat.archive.search.sqlite.BATCHES", (20, 20, 3)[seed])
    monkeypatch.setattr("chat.archive.search.sqlite.FEW_ROOMS", seed)
    words = ["boat", "red", "sea", "wind", "harbour", "tide"]
    for _ in range(60):
        archive(
            " ".join(chance.choices(words, k=3)),
            room=chance.choice(["sea", "land"]),
            at=NOON - chance.choice([0, 1, 60, 3_000, 90_000]) * 60_000 * chance.randint(1, 9),
        )
    for asked in ("boat", "red sea", '"wind tide"', "har", '"sea boat" red'):
        phrases = parse(asked).phrases
        expected = [
            message.pk
            for message in Message.objects.all()
            if all(phrase.is_in(indexed_words(message.text)) for phrase in phrases)
        ]
        found, end = [], None
        while end != "":
            page = index.find(Wanted(phrases, [room.pk for room in archive.rooms.values()], after=end or "", limit=7))
            assert len(page.ids) == 7 or page.end == "" or seed == 2
            found += page.ids
            end = page.end
        assert sorted(found) == sorted(expected)


def test_what_is_put_again_is_found_as_it_is_now(archive, index, find):
    [boat] = archive("boat")
    as_boat, as_house = (IndexEntry(boat, archive.rooms["sea"].pk, None, NOON, text) for text in ("boat", "house"))
    index.remove([as_boat._replace(author_id=archive.people["alice"].pk, sent_at=NOON + 1000)])
    index.put([as_house])
    assert find("boat") == []
    assert find("house") == ["boat"]
    index.remove([as_house, as_house, as_house._replace(id=999)])
    assert find("house") == []


def test_a_row_that_is_deleted_for_good_is_forgotten(archive, index, database, find):
    archive("boat", "house", room="land")
    [kept] = archive("boat at sea")
    archive.rooms["land"].delete()
    assert find("boat", rooms=None) == ["boat at sea"]
    while index.forget_deleted(1):
        pass
    assert find("boat", rooms=None) == ["boat at sea"]
    assert indexed_ids(database, "boat") == [kept]
    assert indexed_ids(database, "house") == []


def indexed_ids(database, word):
    """Return what the index itself has under a word, without a look into the archive."""
    sql = {
        "sqlite": "SELECT rowid FROM chat_search WHERE chat_search MATCH %s",
        "postgresql": "SELECT id FROM chat_search WHERE chat_search_terms(words, room_id, author_id, sent_at) @@ %s::tsquery",
    }
    with database.cursor() as cursor:
        cursor.execute(sql[database.vendor], [word])
        return [found for (found,) in cursor.fetchall()]


def test_a_deleted_message_that_is_deleted_for_good_is_removed_once(archive, index, database):
    [boat] = archive("boat")
    message = Message.objects.get(pk=boat)
    index.remove([IndexEntry(boat, message.room_id, message.author_id, message.sent_at, "boat")])
    Message.objects.filter(pk=boat).update(deleted=True)
    Message.objects.all().delete()
    assert index.forget_deleted(10) == 0


@pytest.mark.parametrize("after", ["x", "-1", "1" * 40, "1-", "٣", "1;2"])
def test_a_page_that_is_none_of_ours_is_refused(index, archive, after):
    with pytest.raises(ChatError) as refused:
        index.find(Wanted(parse("boat").phrases, [1], after=after))
    assert refused.value.code == "bad_request"


def test_the_longest_messages_are_found(archive, find):
    archive("ﷺ" * 4_000 + " boat", "あ" * 20_000, "x" * 20_000, " ".join(f"w{number}" for number in range(5_000)) + " boat")
    assert len(find("boat")) == 2
    assert len(find("x" * 100)) == 1


@hypothesis.settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(NASTY)
def test_any_text_can_be_indexed_and_asked_for(index, archive, text):
    text = text.encode(errors="replace").decode().replace("\0", "")
    index.put([IndexEntry(1, 1, 1, NOON, text)])
    Message.objects.update_or_create(pk=1, defaults={"room": archive.rooms["sea"], "seq": 1, "sent_at": NOON, "text": text})
    for asked in (parse(text), parse(f'"{text.replace(chr(34), " ")}"')):
        if asked.phrases and not asked.problems:
            found = index.find(Wanted(asked.phrases)).ids
            assert found == [1] if all(phrase.is_in(indexed_words(text)) for phrase in asked.phrases) else found == []
