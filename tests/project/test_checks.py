"""What the start says about an installation that works but does not keep its promises."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from pytest_django import Settings
from redis import Redis

from project.checks import TAG, check_address
from project.environment.misspelt import Misspelt
from project.server.errors import StartError
from project.server.redis.durability import require_durable_redis
from project.server.redis.embedded import EmbeddedRedis


@pytest.fixture
def redis(data_dir: Path, settings: Settings) -> Iterator[Redis]:
    embedded = EmbeddedRedis(data_dir)
    embedded.start()
    settings.EMBEDDED_REDIS = False
    settings.REDIS_URL = f"unix://{embedded.socket_path}"
    with Redis(unix_socket_path=str(embedded.socket_path)) as client:
        yield client
    embedded.stop()


def test_all_is_well_by_default() -> None:
    assert _found() == {}


def test_a_redis_that_keeps_its_promises_is_fine(redis: Redis) -> None:
    assert redis.ping()
    assert _found() == {}


def test_a_redis_that_may_lose_messages_is_named(redis: Redis) -> None:
    redis.config_set("appendfsync", "everysec")
    redis.config_set("maxmemory-policy", "allkeys-lru")
    assert _found() == {
        'Redis has appendfsync "everysec": an acknowledged message can be lost.': "parley.W002",
        'Redis has maxmemory-policy "allkeys-lru": an acknowledged message can be lost.': "parley.W002",
    }


def test_a_redis_that_is_not_there_is_said(data_dir: Path, settings: Settings) -> None:
    settings.EMBEDDED_REDIS = False
    settings.REDIS_URL = f"unix://{data_dir}/nothing.sock"
    assert list(_found().values()) == ["parley.W001"]


def test_debug_and_open_doors_do_not_go_together(settings: Settings) -> None:
    settings.DEBUG = True
    settings.HOST = "0.0.0.0"
    settings.PUBLIC_URL = "http://chat.example"
    assert list(_found().values()) == ["parley.W003", "parley.W004"]


@pytest.mark.parametrize("url", ["http://localhost.example", "http://127.0.0.1.example:7777", "http://192.168.1.5:7777"])
def test_plain_http_for_others_is_said(settings, url: str) -> None:
    settings.PUBLIC_URL = url
    assert [found.id for found in check_address()] == ["parley.W004"]
    settings.PUBLIC_URL = "http://[::1]:7777"
    assert check_address() == []


def test_check_deploy_has_nothing_to_say_of_this_machine_alone(db) -> None:
    output = StringIO()
    call_command("check", "--deploy", stderr=output)
    assert output.getvalue() == ""


def test_a_misspelt_variable_is_named_with_the_closest_one(settings: Settings) -> None:
    settings.MISSPELT = [Misspelt("HOTMESSAGES", "HOT_MESSAGES"), Misspelt("LIMIT_SLEEP", "")]
    found = run_checks(tags=[TAG], include_deployment_checks=True)
    assert [(one.msg, one.hint or "") for one in found] == [
        ("Nothing reads HOTMESSAGES.", "Is HOT_MESSAGES meant?"),
        ("Nothing reads LIMIT_SLEEP.", ""),
    ]


def test_https_without_trusted_proxies_is_said(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://chat.example"
    assert list(_found().values()) == ["parley.W006"]


def _found() -> dict[str, str | None]:
    return {message.msg: message.id for message in run_checks(tags=[TAG], include_deployment_checks=True)}


def test_a_hosted_redis_that_forbids_config_is_judged_by_what_it_tells(redis: Redis, settings: Settings) -> None:
    redis.acl_setuser("hosted", enabled=True, passwords=["+pw"], commands=["+@all", "-config"], keys=["*"], channels=["*"])
    settings.REDIS_URL = settings.REDIS_URL.replace("unix://", "unix://hosted:pw@")
    with pytest.raises(StartError) as refused:
        require_durable_redis()
    assert "appendfsync could not be verified (it must be always)" in str(refused.value)
    assert "appendonly could" not in str(refused.value)
    assert "maxmemory-policy could" not in str(refused.value)
    settings.REQUIRE_DURABLE = False
    require_durable_redis()
    assert [name for name in _found() if "its appendfsync" in name] == [
        "Redis does not tell its appendfsync: whether an acknowledged message can be lost is not known."
    ]
