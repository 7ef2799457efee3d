"""Redis or the database is gone: readyz, pages and programs are told so, soon, and the log says it once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.live.conftest import SignedIn, short_folder, sign_in
from tests.support.live_server import ServerProcess
from tests.support.postgresql_server import PostgresqlProcess
from tests.support.redis_servers import RedisProcess

ANY_HOST = {"Host": "10.1.2.3"}


class Installation:
    """A server on a Redis and a PostgreSQL that are not its own."""

    def __init__(self, server: ServerProcess, redis: RedisProcess, postgresql: PostgresqlProcess) -> None:
        self.server, self.redis, self.postgresql = server, redis, postgresql
        self.alice: SignedIn = sign_in(server, "alice")["alice"]

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(self.server.url + path, headers=headers, timeout=20, allow_redirects=False)

    def ready(self) -> dict[str, str]:
        answer = self.get("/readyz", **ANY_HOST)
        assert answer.status_code == (200 if answer.json()["status"] == "ok" else 503)
        found: dict[str, str] = answer.json()
        return found

    def becomes(self, **parts: str) -> bool:
        deadline = time.monotonic() + 30
        while not parts.items() <= self.ready().items():
            assert time.monotonic() < deadline, (parts, self.ready())
            time.sleep(0.1)
        return True

    def says_soon(self, text: str, since: int) -> None:
        deadline = time.monotonic() + 30
        while text not in self.server.said()[since:]:
            assert time.monotonic() < deadline, self.server.said()[since:]
            time.sleep(0.1)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = short_folder(tmp_path_factory, "gone")
    (folder / "redis").mkdir()
    postgresql = PostgresqlProcess()
    try:
        postgresql.start()
        redis = RedisProcess(folder / "redis").start()
        record = f"postgres://{postgresql.user}@{str(postgresql.folder).replace('/', '%2F')}/postgres"
        server = ServerProcess(folder, REDIS_URL=redis.url, DATABASE_URL=record, SECRET_KEY="k" * 50).start()
        yield Installation(server, redis, postgresql)
        server.stop()
        redis.stop()
    finally:
        postgresql.stop()


def assert_unavailable(answer: requests.Response) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src" in answer.headers["Content-Security-Policy"]


def test_everything_is_well_and_nobody_needs_to_log_in(installation: Installation) -> None:
    assert installation.becomes(status="ok", redis="ok", durability="ok", database="ok", archive="ok", disk="ok")
    assert installation.get("/healthz", **ANY_HOST).json() == {"status": "ok"}
    # Only these two: everything else still wants a name of ours.
    assert installation.get("/accounts/login/", **ANY_HOST).status_code == 400


def test_a_frozen_database_does_not_make_readyz_hang(installation: Installation) -> None:
    installation.becomes(status="ok")
    with installation.postgresql.frozen(), ThreadPoolExecutor() as browsers:
        installation.becomes(database="unavailable")
        began = time.monotonic()
        assert installation.ready()["redis"] == "ok"
        assert installation.get("/healthz").status_code == 200
        assert time.monotonic() - began < 15, "2 s, and what a busy machine adds"
        asking = browsers.submit(installation.get, "/people/?q=x", Cookie=installation.alice.cookie)
        page = installation.get("/accounts/login/", **{"Accept": "text/html", "Accept-Language": "de"})
        assert_unavailable(page)
        assert 'lang="de"' in page.text
        answer = asking.result()
        assert_unavailable(answer)
        assert answer.json()["error"]["code"] == "unavailable"
        assert answer.json()["error"]["retry_in"] > 0
    installation.becomes(status="ok")
    assert installation.get("/accounts/login/").status_code == 200


def test_redis_is_killed_and_comes_back(installation: Installation) -> None:
    installation.becomes(status="ok")
    before = len(installation.server.said())
    installation.redis.kill()
    installation.becomes(redis="unavailable", durability="unavailable", database="ok")
    page = installation.get("/accounts/login/")
    assert_unavailable(page)
    assert "Try again" in page.text
    # Long enough for every greenlet that uses Redis to have failed more than once.
    time.sleep(2.5)
    installation.redis.start()
    installation.becomes(status="ok")
    installation.says_soon("Redis answers again", since=before)

    lines = [line for line in installation.server.said()[before:].splitlines() if "WARNING" in line or "ERROR" in line]
    about_redis = [line for line in lines if "chat.live.redis.outage: Redis " in line]
    assert len(about_redis) == 2, lines
    assert "Redis does not answer" in about_redis[0]
    assert "Redis answers again, after " in about_redis[1]
    others = [line for line in lines if "chat.live.redis.outage" not in line]
    assert len(others) <= 2, others  # the page that was asked for, and that all rooms were checked
    assert "Traceback" not in installation.server.said()
