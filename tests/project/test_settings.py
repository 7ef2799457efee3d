"""Settings from the environment, read by a fresh process as a start does."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WRONG = [
    ("PORT=http", "PORT"),
    ("PORT=0", "PORT"),
    ("DEBUG=maybe", "DEBUG"),
    ("SIGNUP=perhaps", "SIGNUP"),
    ("MESSAGE_MAX_CHARS=-1", "MESSAGE_MAX_CHARS"),
    ("HOT_MESSAGES=few", "HOT_MESSAGES"),
    ("TRUSTED_PROXIES=99", "TRUSTED_PROXIES"),
    ("LOG_LEVEL=loud", "LOG_LEVEL"),
    ("LIMIT_MESSAGES=many", "Limits"),
    ("LIMIT_JOINS=0/m", "Limits"),
    ("NEWCOMER_LINKS=-1", "NEWCOMER_LINKS"),
    ("PUBLIC_URL=chat.example", "PUBLIC_URL"),
    ("PUBLIC_URL=https://chat.example/parley", "PUBLIC_URL"),
    ("PUBLIC_URL=http://localhost:99999", "Port"),
    ("DATABASE_URL=somewhere", "DATABASE_URL"),
    ("DATABASE_URL=mysql://u@h/d", "DATABASE_URL"),
    ("REDIS_URL=http://localhost", "REDIS_URL"),
    ("EMAIL_URL=pigeon://loft", "EMAIL_URL"),
    ("DATA_DIR=/dev/null", "DATA_DIR"),
    (f"DATA_DIR=folder/{'long' * 25}", "DATA_DIR"),
]


@pytest.mark.parametrize(("setting", "named"), WRONG)
def test_a_wrong_value_is_said_in_one_line(setting: str, named: str, data_dir: Path) -> None:
    name, _, value = setting.partition("=")
    value = value.replace("folder", str(data_dir))
    done = _python("manage.py", "check", **({"DATA_DIR": str(data_dir)} | {name: value}))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("parley: ")
    assert named in done.stderr


def test_the_defaults_are_a_chat_on_this_machine(data_dir: Path) -> None:
    found = _settings("HOST", "PORT", "PUBLIC_URL", "EMBEDDED_REDIS", "REDIS_URL", "SIGNUP", "DEBUG", DATA_DIR=str(data_dir))
    assert found == {
        "HOST": "localhost",
        "PORT": 7777,
        "PUBLIC_URL": "http://localhost:7777",
        "EMBEDDED_REDIS": True,
        "REDIS_URL": f"unix://{data_dir}/redis.sock",
        "SIGNUP": "open",
        "DEBUG": False,
    }


def test_only_our_own_origins_may_speak_to_us(data_dir: Path) -> None:
    found = _settings("ORIGINS", "ALLOWED_HOSTS", DATA_DIR=str(data_dir), PUBLIC_URL="https://chat.example/")
    assert found["ORIGINS"] == ["https://chat.example"]
    assert "chat.example" in found["ALLOWED_HOSTS"]


def test_https_makes_cookies_secure_and_the_socket_too(data_dir: Path) -> None:
    found = _settings(
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "CONTENT_SECURITY_POLICY",
        DATA_DIR=str(data_dir), PUBLIC_URL="https://chat.example",
    )  # fmt: skip
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["connect-src"] == ["'self'", "wss://chat.example"]


def test_the_secret_key_is_made_once_and_is_its_owners_alone(data_dir: Path) -> None:
    folder = data_dir / "new"
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda _: _settings("SECRET_KEY", DATA_DIR=str(folder))["SECRET_KEY"], range(3)))
    assert len(set(found)) == 1
    assert len(found[0]) >= 50
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_a_page_forbids_what_is_not_ours(client) -> None:
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["object-src"] == directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in policy


def _settings(*names: str, **environment: str) -> dict:
    script = (
        "import json, sys; from project import settings;"
        "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))"
    )
    done = _python("-c", script, *names, **environment)
    assert done.returncode == 0, done.stderr
    found: dict = json.loads(done.stdout)
    return found


def _python(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
