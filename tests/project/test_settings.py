"""Settings from the environment, read by a fresh process as a start does."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from project.environment.static_dir import static_dir
from tests.project.settings_process import settings_in

# What is set, and what the line must name.
WRONG = [
    ("PORT=http", "PORT: Not a valid integer."),
    ("PORT=0", "PORT: Must be"),
    ("DEBUG=maybe", "DEBUG"),
    ("SIGNUP=perhaps", "SIGNUP: Must be one of: open, invite, closed."),
    ("MESSAGE_MAX_CHARS=-1", "MESSAGE_MAX_CHARS"),
    ("HOT_MESSAGES=few", "HOT_MESSAGES"),
    ("TRUSTED_PROXIES=99", "TRUSTED_PROXIES"),
    ("LOG_LEVEL=loud", "LOG_LEVEL"),
    ("LIMIT_MESSAGES=many", 'LIMIT_MESSAGES must be written as in 60/30s, 20/h or off, not as in "many"'),
    ("LIMIT_JOINS=0/m", "LIMIT_JOINS"),
    ("NEWCOMER_LINKS=-1", "NEWCOMER_LINKS"),
    ("STARTUP_PATIENCE=long", "STARTUP_PATIENCE"),
    ("REQUIRE_DURABLE=maybe", "REQUIRE_DURABLE"),
    ("PUBLIC_URL=chat.example", "PUBLIC_URL"),
    ("PUBLIC_URL=https://chat.example/parley", "PUBLIC_URL"),
    ("PUBLIC_URL=http://localhost:99999", 'PUBLIC_URL "http://localhost:99999" must have a port'),
    ("PUBLIC_URL=https://chat.example", "set TRUSTED_PROXIES=1"),
    ("ALLOWED_HOSTS=chat.example,https://chat.example", 'ALLOWED_HOSTS "https://chat.example"'),
    ("ALLOWED_HOSTS=chat.example:7777", "ALLOWED_HOSTS"),
    ("ALLOWED_HOSTS=::1", "ALLOWED_HOSTS"),
    ("DEFAULT_FROM_EMAIL=notanaddress", "DEFAULT_FROM_EMAIL"),
    ("DEFAULT_FROM_EMAIL=Parley <a@b@c>", "DEFAULT_FROM_EMAIL"),
    ("SECRET_KEY=x", "SECRET_KEY has 1 characters"),
    ("SECRET_KEY_FILE=folder/missing", "SECRET_KEY_FILE"),
    ("REDIS_URL=redis://localhost", "SECRET_KEY must be set with REDIS_URL or PostgreSQL, the same for every process"),
    ("DATABASE_URL=postgres://user@host/name", "SECRET_KEY must be set with REDIS_URL or PostgreSQL"),
    ("REDIS_PREFIX=one{two}", "REDIS_PREFIX"),
    ("DATABASE_URL=somewhere", "DATABASE_URL"),
    ("DATABASE_URL=mysql://u@h/d", "DATABASE_URL"),
    ("DATABASE_URL=postgres://u@h:p/d", "DATABASE_URL"),
    ("REDIS_URL=http://localhost", "REDIS_URL"),
    ("REDIS_URL=redis://localhost:78x6", "REDIS_URL has a port"),
    ("REDIS_URL=redis://localhost/first", "REDIS_URL must end with the number of a database"),
    ("EMAIL_URL=pigeon://loft", "EMAIL_URL"),
    ("DATA_DIR=/dev/null", "DATA_DIR"),
    ("PUBLIC_URL=http://[:::::]", 'PUBLIC_URL "http://[:::::]" names no host'),
    ("PUBLIC_URL=http://[192.0.2.1]", "PUBLIC_URL"),
    ("PUBLIC_URL=http://chat..example", "PUBLIC_URL"),
    ("PUBLIC_URL=http://0.0.0.0:7777", "PUBLIC_URL"),
    ("PUBLIC_URL=http://[::]:7777", "PUBLIC_URL"),
    ("ALLOWED_HOSTS=chat..example", "ALLOWED_HOSTS"),
    ("ALLOWED_HOSTS=*.example.org", "ALLOWED_HOSTS"),
    ("DEFAULT_FROM_EMAIL=chat@example.org\nBcc: mallory@example.org", "DEFAULT_FROM_EMAIL"),
    ("DEFAULT_FROM_EMAIL=chat@example.org, mallory@example.org", "DEFAULT_FROM_EMAIL"),
    ("DEFAULT_FROM_EMAIL=Parley <chat@example.org> again", "DEFAULT_FROM_EMAIL"),
    ("DEFAULT_FROM_EMAIL=chat@two words", "DEFAULT_FROM_EMAIL"),
    ("SECRET_KEY_FALLBACKS=short", "A key of SECRET_KEY_FALLBACKS has 5 characters"),
    ("LIMIT_MESSAGES=60/0s", "LIMIT_MESSAGES must be written as"),
    ("HOT_MESSAGES=99999999999999999999", "HOT_MESSAGES: Must be"),
    ("NEWCOMER_LINKS=99999999999999999999", "NEWCOMER_LINKS: Must be"),
    ("BACKUP_EVERY=daily", "BACKUP_EVERY must be written as in 30m, 24h or 7d"),
    ("BACKUP_EVERY=0h", "BACKUP_EVERY"),
    ("DATABASE_URL=sqlite://", "DATABASE_URL must name a file"),
    ("DATABASE_URL=sqlite://:memory:", "DATABASE_URL must name a file"),
    ("DATABASE_URL=postgres://user@host/", "DATABASE_URL"),
    (f"DATABASE_URL=postgres://user@{'long' * 20}/name", "DATABASE_URL has the host"),
    ("REDIS_URL=redis://host?db=first", 'REDIS_URL has the option db with a wrong value: "first"'),
    ("REDIS_URL=redis://host?socket_timeout=abc", 'REDIS_URL has the option "socket_timeout"'),
    ("REDIS_URL=redis://host?decode_responses=1", 'REDIS_URL has the option "decode_responses"'),
    ("REDIS_URL=redis://host?ssl_ca_certs=/ca.pem", 'REDIS_URL has the option "ssl_ca_certs"'),
    ("REDIS_URL=rediss://host?ssl_cert_reqs=maybe", "REDIS_URL has the option ssl_cert_reqs"),
    ("REDIS_URL=redis://chat..example", 'REDIS_URL has the host "chat..example"'),
    ("REDIS_URL=unix://run/redis.sock", "REDIS_URL must name the path of a socket"),
    ("EMAIL_URL=submission://", "EMAIL_URL"),
    ("EMAIL_URL=smtps://mail.example", "EMAIL_URL"),
    ("EMAIL_URL=smtp://mail.example?ssl=perhaps", "EMAIL_URL has an option ssl that is neither True nor False"),
    ("EMAIL_URL=smtp://mail.example?_default_from_email=x", 'EMAIL_URL has the option "_default_from_email"'),
    (f"DATA_DIR=folder/{'long' * 25}", "DATA_DIR"),
]


@pytest.fixture(scope="module")
def refusals() -> dict[str, str]:
    """What each wrong setting is answered with."""
    with TemporaryDirectory(prefix="parley-") as folder:
        environments = [{"DATA_DIR": folder} | _assignment(setting, folder) for setting, _ in WRONG]
        outcomes = settings_in(environments)
    return {setting: outcome.get("error", "") for (setting, _), outcome in zip(WRONG, outcomes, strict=True)}


@pytest.mark.parametrize(("setting", "named"), WRONG)
def test_a_wrong_value_is_said_in_one_line(setting: str, named: str, refusals: dict[str, str]) -> None:
    said = refusals[setting]
    assert said.startswith("Settings: ")
    assert named in said
    assert "\n" not in said
    assert "['" not in said


def _assignment(setting: str, folder: str) -> dict[str, str]:
    name, _, value = setting.partition("=")
    return {name: value.replace("folder", folder)}


def test_the_defaults_are_a_chat_on_this_machine(data_dir: Path) -> None:
    found = _settings("HOST", "PORT", "PUBLIC_URL", "EMBEDDED_REDIS", "REDIS_URL", "SIGNUP", "DEBUG", DATA_DIR=str(data_dir))
    assert found == {
        "HOST": "localhost",
        "PORT": 7777,
        "PUBLIC_URL": "http://localhost:7777",
        "EMBEDDED_REDIS": True,
        "REDIS_URL": f"unix://{data_dir}/redis.sock",
        "SIGNUP": "",  # as the owners choose
        "DEBUG": False,
    }


def test_only_our_own_origins_may_speak_to_us(data_dir: Path) -> None:
    found = _settings(
        "ORIGINS", "ALLOWED_HOSTS", DATA_DIR=str(data_dir), PUBLIC_URL="https://chat.example/", TRUSTED_PROXIES="1"
    )
    assert found["ORIGINS"] == ["https://chat.example"]
    assert "chat.example" in found["ALLOWED_HOSTS"]


@pytest.mark.parametrize(
    ("typed", "origin", "host"),
    [
        ("http://Chat.Example:80/", "http://chat.example", "chat.example"),
        ("HTTPS://chat.example:443", "https://chat.example", "chat.example"),
        ("http://[2001:DB8:0::5]:7777", "http://[2001:db8::5]:7777", "[2001:db8::5]"),
        ("http://bücher.example", "http://xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_a_public_url_is_read_as_browsers_send_it(data_dir: Path, typed: str, origin: str, host: str) -> None:
    found = _settings("ORIGINS", "PUBLIC_URL", "ALLOWED_HOSTS", DATA_DIR=str(data_dir), PUBLIC_URL=typed, TRUSTED_PROXIES="1")
    assert found["ORIGINS"] == [found["PUBLIC_URL"]] == [origin]
    assert host in found["ALLOWED_HOSTS"]


def test_an_empty_variable_counts_as_not_set(data_dir: Path) -> None:
    found = _settings("env", DATA_DIR=str(data_dir))["env"]
    names = sorted(name for name in found if name != "DATA_DIR")
    empty = _settings("env", DATA_DIR=str(data_dir), **dict.fromkeys(names, ""))["env"]
    assert {name: value for name, value in empty.items() if value != found[name]} == {}
    assert len(names) > 30


def test_hosts_are_separated_by_commas_and_spaces(data_dir: Path) -> None:
    found = _settings("ALLOWED_HOSTS", DATA_DIR=str(data_dir), ALLOWED_HOSTS="one.example, .TWO.example,")
    assert found["ALLOWED_HOSTS"] == ["one.example", ".two.example", "localhost"]


def test_a_sqlite_file_is_known_by_where_it_really_is(data_dir: Path) -> None:
    (data_dir / "data").mkdir(mode=0o700)
    (data_dir / "link").symlink_to(data_dir / "data")
    url = f"sqlite:///{data_dir}/link/parley.sqlite3"
    found = _settings("DATABASES", DATA_DIR=str(data_dir / "link"), DATABASE_URL=url)
    assert found["DATABASES"]["default"]["NAME"] == f"{data_dir}/data/parley.sqlite3"


def test_https_makes_cookies_secure_and_the_socket_too(data_dir: Path) -> None:
    found = _settings(
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "CONTENT_SECURITY_POLICY",
        DATA_DIR=str(data_dir), PUBLIC_URL="https://chat.example", TRUSTED_PROXIES="1",
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


def test_a_secret_key_that_is_no_text_is_refused_by_its_name(data_dir: Path) -> None:
    (data_dir / "secret_key").write_bytes(b"\xff" * 60)
    [outcome] = settings_in([{"DATA_DIR": str(data_dir)}])
    assert outcome["error"] == f'Settings: the secret key "{data_dir}/secret_key" cannot be read: not a text file'


def test_an_empty_secret_key_is_refused(data_dir: Path) -> None:
    (data_dir / "secret_key").touch()
    [outcome] = settings_in([{"DATA_DIR": str(data_dir)}])
    assert outcome["error"].startswith(f'Settings: the secret key "{data_dir}/secret_key" is empty')


def test_who_used_a_kept_key_so_far_reads_how_to_keep_it(data_dir: Path) -> None:
    (data_dir / "secret_key").write_text("k" * 50)
    [outcome] = settings_in([{"DATA_DIR": str(data_dir), "REDIS_URL": "redis://localhost"}])
    assert outcome["error"].endswith(f"; SECRET_KEY_FILE={data_dir}/secret_key keeps the one used so far")


def test_secrets_can_come_from_files(data_dir: Path) -> None:
    secrets = {
        "SECRET_KEY": "k" * 50,
        "DATABASE_URL": "postgres://parley:pw@db.example/parley",
        "REDIS_URL": "redis://:pw@redis.example/3",
        "EMAIL_URL": "smtp://mail:pw@mail.example:465/?ssl=True",
    }
    for name, value in secrets.items():
        (data_dir / name).write_text(f"\ufeff{value}\r\n")  # as editors on Windows write it
    files = {f"{name}_FILE": str(data_dir / name) for name in secrets}
    found = _settings("SECRET_KEY", "DATABASES", "REDIS_URL", "EMAIL_HOST", DATA_DIR=str(data_dir), **files)
    assert (found["SECRET_KEY"], found["REDIS_URL"]) == (secrets["SECRET_KEY"], secrets["REDIS_URL"])
    assert found["DATABASES"]["default"]["HOST"] == "db.example"
    assert found["EMAIL_HOST"] == "mail.example"


def test_a_secret_and_its_file_are_not_both_accepted(data_dir: Path) -> None:
    (data_dir / "key").write_text("k" * 50)
    both = {"SECRET_KEY": "k" * 50, "SECRET_KEY_FILE": str(data_dir / "key")}
    [outcome] = settings_in([{"DATA_DIR": str(data_dir)} | both])
    assert outcome["error"] == "Settings: SECRET_KEY and SECRET_KEY_FILE are both set; keep one of them"


def test_replaced_secret_keys_stay_valid_while_they_are_named(data_dir: Path) -> None:
    first, second = "1" * 50, "2" * 50
    found = _settings("SECRET_KEY_FALLBACKS", DATA_DIR=str(data_dir), SECRET_KEY_FALLBACKS=f"{first}, {second},")
    assert found["SECRET_KEY_FALLBACKS"] == [first, second]
    (data_dir / "old").write_text(f"{first}\n{second}\n")
    found = _settings("SECRET_KEY_FALLBACKS", DATA_DIR=str(data_dir), SECRET_KEY_FALLBACKS_FILE=str(data_dir / "old"))
    assert found["SECRET_KEY_FALLBACKS"] == [first, second]


def test_https_without_a_trusted_proxy_must_be_chosen_knowingly(data_dir: Path) -> None:
    found = _settings("TRUSTED_PROXIES", DATA_DIR=str(data_dir), PUBLIC_URL="https://chat.example", TRUSTED_PROXIES="0")
    assert found["TRUSTED_PROXIES"] == 0


def test_misspelt_variables_are_found_and_those_of_others_are_not(data_dir: Path) -> None:
    wrong = {"HOTMESSAGES": "9", "TRUSTED_PROXY": "1", "LIMIT_MESAGES": "off", "NEWCOMER_DAYS": "1", "SIGN_UP": "closed"}
    others = {
        "HOSTNAME": "a", "HOSTTYPE": "a", "LOGNAME": "a", "XDG_DATA_DIRS": "a", "REDIS_PORT": "a", "POSTGRES_URL": "a",
        "EMAIL": "a", "MAIL": "a", "USER": "a", "DEBUGINFOD_URLS": "a", "SSH_TTY": "a", "LS_COLORS": "a", "PUBLIC_IP": "a",
    }  # fmt: skip
    found = _settings("MISSPELT", DATA_DIR=str(data_dir), **wrong, **others)
    assert found["MISSPELT"] == [
        ["HOTMESSAGES", "HOT_MESSAGES"],
        ["LIMIT_MESAGES", "LIMIT_MESSAGES"],
        ["NEWCOMER_DAYS", ""],
        ["SIGN_UP", "SIGNUP"],
        ["TRUSTED_PROXY", "TRUSTED_PROXIES"],
    ]


def test_a_code_folder_that_cannot_be_written_has_its_static_files_in_the_data_folder(tmp_path: Path, monkeypatch) -> None:
    data, code = tmp_path / "data", tmp_path / "code"
    code.mkdir()
    assert static_dir("", code, data, "v1") == code / ".static/v1"
    monkeypatch.setattr("os.access", lambda *_: False)
    assert static_dir("", code, data, "v1") == data / "static/v1"
    (code / ".static/v1").mkdir(parents=True)  # by `make build`, beforehand
    assert static_dir("", code, data, "v1") == code / ".static/v1"
    assert static_dir(str(tmp_path / "elsewhere"), code, data, "v1") == tmp_path / "elsewhere/v1"


def test_a_page_forbids_what_is_not_ours(client) -> None:
    policy = client.get("/offline/").headers["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["object-src"] == directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in policy


def _settings(*names: str, **environment: str) -> dict[str, Any]:
    [found] = settings_in([environment], *names)
    assert "error" not in found, found
    return found
