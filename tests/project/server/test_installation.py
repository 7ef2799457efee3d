"""The start compares the secret key with the one before: every process of an installation signs alike."""

from pathlib import Path

import pytest
from django.core.management import call_command

from chat.models import Installation
from project.server.installation import accept_key, check_installation
from tests.support.live_server import ServerProcess, run_serve
from tests.support.redis_servers import RedisProcess

OLD, NEW = "an old key that is long enough to be one", "a new key that is long enough to be one"


@pytest.fixture
def shared(db, settings, live):
    """An installation whose stores other processes can use, first started with the old key."""
    settings.SHARES_STORES, settings.SECRET_KEY = True, OLD
    check_installation()
    return settings


def test_the_record_holds_no_key(shared):
    [row] = Installation.objects.values_list("identifier", "key_fingerprint")
    assert len(row[0]) == 16
    assert len(row[1]) == 64
    assert OLD not in row
    check_installation()
    assert Installation.objects.values_list("identifier", "key_fingerprint").get() == row


def test_another_key_is_refused(shared):
    shared.SECRET_KEY = NEW
    with pytest.raises(Exception, match=r"SECRET_KEY is not the one .* SECRET_KEY_FALLBACKS.* manage\.py accept_secret_key"):
        check_installation()
    shared.SECRET_KEY = OLD
    check_installation()


def test_a_new_key_with_the_old_one_as_a_fallback_replaces_it(shared):
    shared.SECRET_KEY, shared.SECRET_KEY_FALLBACKS = NEW, [OLD]
    check_installation()
    shared.SECRET_KEY, shared.SECRET_KEY_FALLBACKS = OLD, []
    assert not accept_key()


def test_a_command_accepts_a_new_key_when_the_old_one_is_lost(shared, capsys):
    shared.SECRET_KEY = NEW
    call_command("accept_secret_key")
    assert "All processes need this SECRET_KEY now" in capsys.readouterr().out
    check_installation()


def test_one_process_alone_may_change_its_key(shared):
    shared.SHARES_STORES, shared.SECRET_KEY = False, NEW
    check_installation()


def test_a_second_process_with_another_key_is_refused_in_one_line(tmp_path_factory, data_dir: Path) -> None:
    """Each has a folder of its own, as on two machines."""
    redis = RedisProcess(tmp_path_factory.mktemp("redis")).start()
    place = {"REDIS_URL": redis.url, "DATABASE_URL": f"sqlite:///{data_dir / 'shared.sqlite3'}"}
    first = ServerProcess(tmp_path_factory.mktemp("one"), **place).start()
    refused = run_serve(ServerProcess(tmp_path_factory.mktemp("two"), **place, SECRET_KEY=NEW))
    assert refused.returncode == 2
    lines = [line for line in refused.stderr.splitlines() if line.startswith("parley: ")]
    assert [line.partition(";")[0] for line in lines] == [
        "parley: SECRET_KEY is not the one with which this installation was started before"
    ]
    assert first.stop() == 0
    redis.stop()
