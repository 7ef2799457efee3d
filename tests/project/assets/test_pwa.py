"""What makes the chat installable and lets it open offline: told to everyone, about nobody."""

import json
import re
import struct

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.test import Client

from accounts.models import User
from chat.models import Membership, Room


@pytest.fixture
def alice(client: Client, db: None) -> User:
    """Alice is signed in, and in a room."""
    alice = User.objects.create_user("alice@example.org", "alice", name="Alice Adams")
    Membership.objects.create(room=Room.objects.create(name="Lagoon", slug="sea"), user=alice)
    client.force_login(alice)
    return alice


def test_the_manifest_names_icons_that_are_what_it_says(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        path = find(icon["src"].removeprefix(settings.STATIC_URL))
        assert isinstance(path, str)
        with open(path, "rb") as picture:  # noqa: PTH123
            width, height = struct.unpack(">II", picture.read(24)[16:])
        assert icon["sizes"] == f"{width}x{height}"


def test_every_page_names_the_manifest(client: Client, alice: User) -> None:
    assert b'<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content


def test_the_worker_is_at_the_root_and_asked_for_each_time(client: Client) -> None:
    answer = client.get("/service_worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    about = json.loads(answer.content.decode().partition("serve(")[2].partition(");\n")[0])
    assert about["version"].startswith(settings.STATIC_VERSION)
    for file in about["files"]:
        assert file.startswith(settings.STATIC_URL)


def test_the_worker_keeps_all_that_the_shell_loads(client: Client) -> None:
    worker = client.get("/service_worker.js").content.decode()
    shell = client.get("/offline/").content.decode()
    loaded = re.findall(
        rf'(?:src|data-news|data-calls)="({settings.STATIC_URL}[^"]+)"|rel="(?:stylesheet|modulepreload)" href="([^"]+)"', shell
    )
    assert len(loaded) > 100
    for pair in loaded:
        assert f'"{"".join(pair)}"' in worker


def test_the_shell_is_the_same_for_everybody(client: Client, alice: User) -> None:
    hers = client.get("/offline/")
    assert "sessionid" not in hers.cookies
    assert "csrftoken" not in hers.cookies
    assert hers["Cache-Control"] == "no-store"
    assert hers.content == Client().get("/offline/").content
    for own in (b"Alice", b"Lagoon", b"csrfmiddlewaretoken"):
        assert own not in hers.content
    assert b'<script id="page" type="application/json">null</script>' in hers.content


def test_nothing_else_of_a_session_may_be_kept_by_what_lies_between(client: Client, alice: User) -> None:
    for path in ("/", "/rooms/sea/", "/accounts/password/change/"):
        assert "Cookie" in client.get(path)["Vary"]
