"""Each way in which a Redis cannot be used has its own words."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from chat.live.redis.diagnosis import Problem, diagnose
from tests.support.live_server import free_port

# The server that comes as a Python package has no TLS.
pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed")

WORDS_BEFORE_THE_LIMIT = 5.0


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="parley-redis-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """A Redis with a password for everyone and one for carol, who has few rights."""
    port = free_port()
    options = ["--port", str(port), "--requirepass", "right", "--databases", "4", "--save", ""]
    process = subprocess.Popen(["redis-server", *options, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port, password="right")
    _until_it_answers(client)
    client.acl_setuser("carol", enabled=True, passwords=["+carol"], commands=["+get", "+ping"], keys=["*"])
    client.acl_setuser("dave", enabled=True, passwords=["+dave"], commands=["+@all", "-@sortedset"], keys=["*"], channels=["*"])
    client.acl_setuser("erin", enabled=True, passwords=["+erin"], commands=["+@all"], keys=["hers:*"], channels=["*"])
    client.close()
    yield port
    process.terminate()
    process.wait()


@pytest.fixture(scope="module")
def tls_port(folder: Path) -> Iterator[int]:
    """A Redis that speaks TLS by a certificate that nobody trusts."""
    port = free_port()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", "key.pem", "-out", "cert.pem"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    options = ["--port", "0", "--tls-port", str(port), "--tls-cert-file", f"{folder}/cert.pem", "--tls-key-file"]
    options += [f"{folder}/key.pem", "--tls-ca-cert-file", f"{folder}/cert.pem", "--tls-auth-clients", "no", "--save", ""]
    process = subprocess.Popen(["redis-server", *options, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port, ssl=True, ssl_cert_reqs="none")
    _until_it_answers(client)
    client.close()
    yield port
    process.terminate()
    process.wait()


def test_a_good_redis_has_no_problem(port: int) -> None:
    assert diagnose(f"redis://:right@127.0.0.1:{port}/3") is None


@pytest.mark.parametrize(
    ("address", "words", "can_pass"),
    [
        ("redis://:wrong@127.0.0.1:{port}", "refuses the password", False),
        ("redis://carol:wrong@127.0.0.1:{port}", 'refuses the password of user "carol"', False),
        ("redis://127.0.0.1:{port}", "wants a password, and REDIS_URL gives none", False),
        ("redis://carol:carol@127.0.0.1:{port}", "does not give us the rights that we need", False),
        ("redis://dave:dave@127.0.0.1:{port}", "does not give us the rights that we need", False),
        ("redis://erin:erin@127.0.0.1:{port}", "does not give us the rights that we need", False),
        ("redis://:right@127.0.0.1:{port}/99", "has no database 99", False),
        ("redis://:right@127.0.0.1:{port}?db=98", "has no database 98", False),
        ("rediss://:right@127.0.0.1:{port}", "TLS", False),
        ("redis://127.0.0.1:1", "nothing listens at 127.0.0.1:1", True),
        ("redis://no-such-host.invalid", "no host has the name no-such-host.invalid", True),
        ("unix://{folder}/none.sock", "no socket", True),
    ],
)
def test_each_failure_names_its_cause(port: int, folder: Path, address: str, words: str, can_pass: bool) -> None:
    problem = _diagnosed(address.format(port=port, folder=folder))
    assert words in problem.text
    assert problem.can_pass is can_pass


@pytest.mark.parametrize(
    ("address", "words", "can_pass"),
    [
        ("rediss://127.0.0.1:{port}", "certificate that is not trusted", False),
        ("rediss://127.0.0.1:{port}?ssl_ca_certs=/no/such.pem", "a file that REDIS_URL names is missing", False),
        ("redis://127.0.0.1:{port}", "rediss:// is for a port with TLS", True),
    ],
)
def test_each_failure_of_tls_names_its_cause(tls_port: int, address: str, words: str, can_pass: bool) -> None:
    problem = _diagnosed(address.format(port=tls_port))
    assert words in problem.text
    assert problem.can_pass is can_pass


def test_a_certificate_authority_of_ones_own_can_be_named(tls_port: int, folder: Path) -> None:
    assert diagnose(f"rediss://127.0.0.1:{tls_port}?ssl_ca_certs={folder}/cert.pem") is None


def _diagnosed(url: str) -> Problem:
    started = time.monotonic()
    problem = diagnose(url)
    assert time.monotonic() - started < WORDS_BEFORE_THE_LIMIT
    assert problem
    assert "right" not in problem.text.replace("rights", "")  # the password
    assert "\n" not in problem.text
    return problem


def _until_it_answers(client: redis.Redis) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            client.ping()
            return
        except redis.ConnectionError:
            assert time.monotonic() < deadline
            time.sleep(0.02)
