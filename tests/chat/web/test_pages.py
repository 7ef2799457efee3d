import json
import re

import pytest
from django.urls import reverse

from project.assets.import_map import policy_source


def page(response) -> dict:
    found = re.search(r'<script id="page" type="application/json">(.*?)</script>', response.content.decode())
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("path", ["/", "/rooms/", "/rooms/sea/", "/rooms/sea/4/"])
def test_a_stranger_is_asked_to_log_in_and_told_nothing(client, room, bob, path):
    room("sea", bob)
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert b"sea" not in response.content.replace(b"/rooms/sea/", b"")


def test_without_rooms_the_way_to_a_first_one_is_shown(browser):
    response = browser.get("/")
    assert b"No rooms yet" in response.content
    assert b'data-opens="new-room"' in response.content


def test_the_chat_opens_with_my_rooms_and_not_with_those_of_others(browser, room, alice, bob):
    room("sea", alice, bob)
    room("secret", bob, kind="private")
    carried = page(browser.get("/"))
    assert [each["slug"] for each in carried["rooms"]] == ["sea"]
    assert carried["me"]["handle"] == "alice"
    assert carried["room"] is None


def test_a_direct_room_comes_with_its_people(browser, room, alice, bob):
    room("direct-1", alice, bob, kind="direct", name="")
    [direct] = page(browser.get("/"))["rooms"]
    assert [person["name"] for person in direct["members"]] == ["Alice", "Bob"]


def test_a_permalink_names_its_message(browser, room, alice):
    room("sea", alice)
    carried = page(browser.get("/rooms/sea/42/"))
    assert (carried["room"]["slug"], carried["seq"]) == ("sea", 42)


def test_a_public_room_can_be_looked_at_before_joining(browser, room, bob):
    room("sea", bob)
    response = browser.get("/rooms/sea/")
    assert response.status_code == 200
    assert page(response)["rooms"] == []


@pytest.mark.parametrize("rest", ["", "4/", "members/"])
@pytest.mark.parametrize("kind", ["private", "direct"])
def test_a_room_that_is_not_mine_is_word_for_word_one_that_is_not_there(browser, room, bob, kind, rest):
    room("secret", bob, kind=kind)
    hidden = browser.get(f"/rooms/secret/{rest}")
    absent = browser.get(f"/rooms/absent/{rest}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert hidden.headers.keys() == absent.headers.keys()


def test_people_s_own_words_are_only_ever_text(browser, room, alice):
    room("sea", alice, name="</script><script>alert(1)</script>", topic='"><img src=x onerror=alert(1)>')
    content = browser.get("/rooms/sea/").content
    assert b"<script>alert" not in content
    assert b"<img src=x" not in content


def test_no_script_stands_in_the_page_itself_but_the_import_map(browser, room, alice):
    room("sea", alice)
    response = browser.get("/rooms/sea/")
    content = response.content.decode()
    maps = re.findall(r'<script type="importmap">(.*?)</script>', content, re.DOTALL)
    assert len(maps) == 1
    assert f"script-src 'self' {policy_source(maps[0])};" in response["Content-Security-Policy"] + ";"
    scripts = re.findall(r"<script([^>]*)>", content)
    assert all("src=" in each or "application/json" in each or "importmap" in each for each in scripts)
    assert b" style=" not in response.content


def test_a_slug_may_have_any_letters(browser, room, alice):
    room("موسيقى-عربية", alice)
    assert browser.get(reverse("room", args=["موسيقى-عربية"])).status_code == 200


@pytest.mark.parametrize(("embedded", "required", "durable"), [(True, True, True), (False, True, True), (False, False, False)])
def test_the_page_knows_whether_acknowledged_means_on_disk(browser, settings, embedded, required, durable):
    settings.EMBEDDED_REDIS, settings.REQUIRE_DURABLE = embedded, required
    assert page(browser.get("/"))["durable"] is durable
