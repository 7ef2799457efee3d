"""What a person gets who asks for their data, and a room as files."""

import io
import json
import tracemalloc
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from chat.archive.archiver import Archiver
from chat.models import JoinRequest, Message, Report, Room
from tests.chat.conftest import Talk


@pytest.fixture
def talk(settings, talk: Talk, archiver: Archiver) -> Talk:
    """Alice wrote three messages, of which the archive has two; one was edited, one deleted."""
    settings.EMBEDDED_REDIS = False
    talk.say(2)
    archiver.turn()
    talk.say(1)
    talk._live.amendments.edit(talk.room, talk.alice.id, 1, "<b>better</b>")
    talk._live.amendments.delete(talk.room, talk.alice.id, 2)
    talk._live.amendments.react(talk.room, talk.bob.id, 1, "👍", True)
    talk.alice, talk.bob = talk.bob, talk.alice
    talk.say(1)
    talk.alice, talk.bob = talk.bob, talk.alice
    return talk


def export(command: str, named: str, path: Path) -> dict[str, str]:
    call_command(command, named, str(path), stdout=io.StringIO())
    assert path.stat().st_mode & 0o777 == 0o600
    with ZipFile(path) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_alice_gets_what_is_hers_and_nothing_of_bob(talk: Talk, tmp_path: Path) -> None:
    about_bob = {"seq": 4, "author_id": talk.bob.id, "snapshot": {"text": "message 4"}}
    Report.objects.create(room_id=talk.room, reporter_id=talk.alice.id, reason="rude", **about_bob)
    JoinRequest.objects.create(room_id=talk.room, user_id=talk.alice.id, words="please")
    files = export("export_person", "alice", tmp_path / "alice.zip")
    profile = json.loads(files["profile.json"])
    assert (profile["handle"], profile["email"]) == ("alice", "alice@example.org")
    messages = rows(files["messages.jsonl"])
    assert [(each["seq"], each["text"]) for each in messages] == [(1, "<b>better</b>"), (2, ""), (3, "message 3")]
    assert [each["deleted"] for each in messages if "deleted" in each] == [True]
    assert rows(files["memberships.jsonl"])[0]["room__name"] == "Lounge"
    assert [each["reason"] for each in rows(files["reports.jsonl"])] == ["rude"]
    assert [each["words"] for each in rows(files["requests.jsonl"])] == ["please"]
    everything = " ".join(files.values()).lower()
    assert "bob" not in everything
    assert "message 4" not in everything
    assert "password" not in everything


def test_bobs_reactions_are_his(talk: Talk, archiver: Archiver, tmp_path: Path) -> None:
    archiver.turn()
    files = export("export_person", "bob", tmp_path / "bob.zip")
    assert rows(files["reactions.jsonl"]) == [{"room": talk.room, "seq": 1, "emoji": ["👍"]}]


def test_a_room_is_exported_as_it_stands(talk: Talk, tmp_path: Path) -> None:
    files = export("export_room", "lounge", tmp_path / "room.zip")
    messages = rows(files["messages.jsonl"])
    assert [each["seq"] for each in messages] == [1, 2, 3, 4]
    assert [each["text"] for each in messages] == ["<b>better</b>", "", "message 3", "message 4"]
    assert [each["author"]["handle"] for each in messages] == ["alice", "alice", "alice", "bob"]  # type: ignore[index]
    assert "&lt;b&gt;better&lt;/b&gt;" in files["messages.html"]
    assert "message 2" not in "".join(files.values())
    assert {each["user__handle"] for each in json.loads(files["room.json"])["members"]} == {"alice", "bob"}


def test_a_large_room_takes_little_memory(talk: Talk, tmp_path: Path) -> None:
    other = Room.objects.create(name="Large", slug="large")
    author = {"id": talk.alice.id, "handle": "alice", "name": "Alice"}
    for start in range(1, 2_000, 500):
        payloads = {seq: {"seq": seq, "author": author, "sent_at": 1, "text": "x" * 4000} for seq in range(start, start + 500)}
        messages = [Message(room=other, seq=seq, sent_at=1, rest=json.dumps(payload)) for seq, payload in payloads.items()]
        Message.objects.bulk_create(messages)
    tracemalloc.start()
    files = tmp_path / "large.zip"
    call_command("export_room", "large", str(files), stdout=io.StringIO())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    with ZipFile(files) as written:
        assert written.getinfo("messages.jsonl").file_size > 8_000_000
    assert most < 6_000_000


def test_no_file_is_overwritten_and_no_part_left_with_its_name(talk: Talk, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "there.zip").write_text("mine")
    with pytest.raises(CommandError, match="exists already"):
        call_command("export_room", "lounge", str(tmp_path / "there.zip"))
    with pytest.raises(CommandError, match='"nowhere"'):
        call_command("export_room", "nowhere", str(tmp_path / "no.zip"))
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_room", "lounge", str(tmp_path / "no" / "folder.zip"))
    assert (tmp_path / "there.zip").read_text() == "mine"
