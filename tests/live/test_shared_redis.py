"""Installations that share one Redis: each has a record of its own, and so its own person 1 and room 1."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest
import redis
import requests

from tests.live.conftest import sign_in
from tests.support.live_server import ServerProcess
from tests.support.redis_servers import RedisProcess
from tests.support.wire_client import WireClient

# Commands that touch no key, and those whose names do not come first.
WITHOUT_NAMES = {"ping", "time", "info", "config", "client", "auth", "select", "hello", "script", "keys"}
PREFIXES = ("one:", "two:")


class Scene(NamedTuple):
    """Two installations in database 0, a third with the first one's prefix in database 1; what Redis was asked."""

    servers: list[ServerProcess]
    alices: list[WireClient]
    redis: redis.Redis
    asked: list[str]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    process = RedisProcess(tmp_path_factory.mktemp("redis")).start()
    client = redis.Redis.from_url(process.url)
    asked: list[str] = []
    watching = threading.Thread(target=_watch, args=(process.url, asked), daemon=True)
    watching.start()
    places = [("one", process.url), ("two", process.url), ("one", f"{process.url}?db=1")]
    servers = [
        ServerProcess(tmp_path_factory.mktemp("own"), REDIS_URL=url, REDIS_PREFIX=prefix, LIMITS="on") for prefix, url in places
    ]
    with ThreadPoolExecutor() as starting:
        list(starting.map(ServerProcess.start, servers))
    alices = [WireClient(server.port, sign_in(server, "alice")["alice"].cookie) for server in servers]
    yield Scene(servers, alices, client, asked)
    for alice in alices:
        alice.close()
    for server in servers:
        server.stop()
    client.close()
    process.stop()
    watching.join()


def test_they_hear_nothing_of_each_other(scene: Scene) -> None:
    rooms = [alice.call("create", {"name": "general", "kind": "public"})["room"] for alice in scene.alices]
    assert [room["id"] for room in rooms] == [1, 1, 1]
    for number, alice in enumerate(scene.alices):
        assert alice.call("send", {"room": 1, "client_id": f"number-{number}", "text": f"from {number}"})["seq"] == 1
    # What another one's message had published would have come before one's own.
    for number, alice in enumerate(scene.alices):
        alice.hears("message", text=f"from {number}")
        assert alice.texts(1) == [f"from {number}"]
    states = [alice.call("sync", {"rooms": {}})["rooms"][0] for alice in scene.alices]
    assert [[message["text"] for message in state["messages"]] for state in states] == [["from 0"], ["from 1"], ["from 2"]]


def test_no_name_is_without_its_prefix(scene: Scene) -> None:
    server, alice = scene.servers[0], scene.alices[0]
    _do_all_kinds_of_things(server, alice)

    names = [str(name) for number in (0, 1) for name in _database(scene.redis, number).keys("*")]
    assert {name.split(":")[0] for name in names} == {"one", "two"}
    # The cache's, too, in which allauth counts log-ins.
    assert any("cache" in name and "login" in name for name in names)
    commands = [_words(line) for line in scene.asked]
    assert {words[0] for words in commands} >= {"evalsha", "subscribe", "publish", "rpush", "zcount", "zremrangebyscore"}
    assert [name for words in commands for name in _names(words) if not name.startswith(PREFIXES)] == []


def _do_all_kinds_of_things(server: ServerProcess, alice: WireClient) -> None:
    bob = WireClient(server.port, sign_in(server, "bob")["bob"].cookie)
    room = alice.call("create", {"name": "all kinds", "kind": "public"})["room"]["id"]
    assert bob.call("join", {"room": room})["ok"]
    for number in range(3):
        for who in (alice, bob):
            sent = {"room": room, "client_id": f"number-{number}-{who is bob}", "text": f"@alice @room {number}"}
            assert who.call("send", sent)["ok"]
    for request in (
        ("edit", {"room": room, "seq": 1, "text": "@bob changed"}),
        ("react", {"room": room, "seq": 2, "emoji": "👍", "on": True}),
        ("delete", {"room": room, "seq": 2}),
        ("restore", {"room": room, "seq": 2}),
        ("read", {"room": room, "seq": 5}),
        ("history", {"room": room, "limit": 10}),
        ("status", {"status": "away"}),
        ("moderate", {"room": room, "action": "mute", "user": bob.heard("presence")[0]["user"], "seconds": 60, "reason": "x"}),
    ):
        assert alice.call(*request)["ok"], request
    bob.close()
    with requests.Session() as browser:
        page = browser.get(f"{server.url}/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token
        wrong = {"login": "alice", "password": "not hers", "csrfmiddlewaretoken": token[1]}
        assert browser.post(f"{server.url}/accounts/login/", wrong, timeout=30).status_code == 200


def _watch(url: str, asked: list[str]) -> None:
    with redis.Redis.from_url(url, socket_timeout=None) as client, client.monitor() as monitor:
        try:
            while True:
                asked.append(monitor.connection.read_response().decode(errors="replace"))
        except redis.ConnectionError:
            return


def _words(line: str) -> list[str]:
    """MONITOR's line: time, [database and client], then each word in quotes."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line.partition("] ")[2])
    return [words[0].lower(), *words[1:]] if words else ["ping"]


def _names(words: list[str]) -> list[str]:
    command, *rest = words
    if command in ("eval", "evalsha"):
        return rest[2 : 2 + int(rest[1])]
    if command in ("subscribe", "unsubscribe", "del"):
        return rest
    return [] if command in WITHOUT_NAMES else rest[:1]


def _database(client: redis.Redis, number: int) -> redis.Redis:
    facts = {**client.connection_pool.connection_kwargs, "db": number, "decode_responses": True}
    return redis.Redis(connection_pool=redis.ConnectionPool(client.connection_pool.connection_class, **facts))
