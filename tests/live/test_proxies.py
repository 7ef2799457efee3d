"""The examples of docs/operate/examples, as they are but for names, ports and certificates, before two real servers."""

import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.live.conftest import short_folder, sign_in
from tests.support.live_server import ROOT, ServerProcess, free_port
from tests.support.redis_servers import RedisProcess
from tests.support.wire_client import WireClient
from tests.support.wire_socket import WireSocket

EXAMPLES = ROOT / "docs/operate/examples"
# Not the proxies' own address, so that it can be told whose the servers believe a request to be.
ALICE_IS_AT = "127.0.0.2"
NGINX = "daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}} http {{ access_log off; include {config}; }}"


class Site:
    """Two servers, and what a proxy before them needs."""

    def __init__(self, folder: Path, redis: RedisProcess) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"https://localhost:{self.port}"
        common = {"REDIS_URL": redis.url, "SECRET_KEY": "k" * 50, "PUBLIC_URL": self.url, "TRUSTED_PROXIES": "1"}
        self.servers = [ServerProcess(folder, **common).start() for _ in range(2)]
        self.people = sign_in(self.servers[0], "alice", "bob")
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"),
                *("-addext", "subjectAltName=DNS:localhost"),
                *("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")),
            ],
            check=True,
            capture_output=True,
        )
        both = (folder / "fullchain.pem").read_text() + (folder / "privkey.pem").read_text()
        (folder / "parley.pem").write_text(both)

    def example(self, name: str) -> Path:
        """Return a copy of an example that fits this site."""
        text = (EXAMPLES / name).read_text().replace("/etc/ssl/parley", str(self.folder))
        for ours, theirs in zip(self.servers, ("7777", "7778"), strict=True):
            text = text.replace(f"127.0.0.1:{theirs}", f"127.0.0.1:{ours.port}")
        text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl").replace(
            "bind :443", f"bind 127.0.0.1:{self.port}"
        )
        text = text.replace("https://chat.example {", f"{{\n\tadmin off\n\tauto_https off\n}}\n{self.url} {{")
        path = self.folder / name
        path.write_text(text.replace("chat.example", "localhost"))
        return path

    def command(self, program: str) -> list[str]:
        if program == "nginx":
            main = self.folder / "main.conf"
            main.write_text(NGINX.format(folder=self.folder, config=self.example("nginx.conf")))
            return ["nginx", "-p", str(self.folder), "-c", str(main)]
        if program == "caddy":
            return ["caddy", "run", "--adapter", "caddyfile", "--config", str(self.example("Caddyfile"))]
        return ["haproxy", "-db", "-f", str(self.example("haproxy.cfg"))]


class FromAddress(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=(ALICE_IS_AT, 0), **kwargs)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = short_folder(tmp_path_factory, "proxies")
    (folder / "redis").mkdir()
    redis = RedisProcess(folder / "redis").start()
    site = Site(folder, redis)
    yield site
    for server in site.servers:
        server.stop()
    redis.stop()


@pytest.fixture(params=["nginx", "caddy", "haproxy"])
def browser(request: pytest.FixtureRequest, site: Site) -> Iterator[requests.Session]:
    """Alice's, once the proxy answers."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed (Debian: apt-get install {request.param})")
    log = (site.folder / f"{request.param}.log").open("w+")
    environment = {"PATH": "/usr/sbin:/usr/bin:/bin", "HOME": str(site.folder)}
    proxy = subprocess.Popen(site.command(request.param), stdout=log, stderr=log, env=environment)
    session = requests.Session()
    session.trust_env = False  # a bundle of certificates that the environment names would take the place of ours
    session.mount("https://", FromAddress())
    session.verify = str(site.folder / "fullchain.pem")
    deadline = time.monotonic() + 60
    while not _answers(session, site.url):
        assert proxy.poll() is None, Path(log.name).read_text()
        assert time.monotonic() < deadline, Path(log.name).read_text()
        time.sleep(0.05)
    yield session
    session.close()
    proxy.terminate()
    proxy.wait(30)
    log.close()


def _answers(session: requests.Session, url: str) -> bool:
    try:
        return session.get(f"{url}/readyz", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def test_pages_sockets_polling_and_addresses_through_the_proxy(browser: requests.Session, site: Site) -> None:
    _logs_in_by_her_own_address(browser, site)
    _polls_on_one_process(browser, site)
    _is_heard_on_both_processes(site)


def _logs_in_by_her_own_address(browser: requests.Session, site: Site) -> None:
    page = browser.get(f"{site.url}/accounts/login/", timeout=30)
    assert page.status_code == 200
    assert "Strict-Transport-Security" in page.headers
    token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = {"login": "nobody", "password": "wrong wrong", "csrfmiddlewaretoken": token}
    # What a client claims for itself is not believed.
    headers = {"Referer": page.url, "X-Forwarded-For": "6.6.6.6"}
    assert browser.post(page.url, form, headers=headers, timeout=30).status_code == 200
    logs = "".join(server.said() for server in site.servers)
    assert f"Login failed address={ALICE_IS_AT}" in logs
    assert "address=6.6.6.6" not in logs


def _polls_on_one_process(browser: requests.Session, site: Site) -> None:
    url = f"{site.url}/socket.io/?EIO=4&transport=polling"
    headers = {"Cookie": site.people["alice"].cookie, "Origin": site.url}
    sid = browser.get(url, headers=headers, timeout=30).text.partition('"sid":"')[2].partition('"')[0]
    assert sid
    # A new connection to the proxy each time.
    for packet in ("40/chat,", "3", "3", "3"):
        answer = browser.post(f"{url}&sid={sid}", packet, headers={**headers, "Connection": "close"}, timeout=30)
        assert (answer.status_code, answer.text) == (200, "ok")
    heard = ""
    while "40/chat,{" not in heard:
        answer = browser.get(f"{url}&sid={sid}", headers=headers, timeout=30)
        assert answer.status_code == 200
        heard += answer.text
    assert browser.post(f"{url}&sid={sid}", "1", headers=headers, timeout=30).status_code == 200


def _is_heard_on_both_processes(site: Site) -> None:
    bobs = [WireClient(server.port, site.people["bob"].cookie, origin=site.url) for server in site.servers]
    room = bobs[0].call("create", {"name": f"room {time.monotonic_ns()}", "kind": "public"})["room"]["id"]
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    alice = WireSocket(site.port, site.people["alice"].cookie, site.url, tls=tls)
    alice.send("40/chat,")
    alice.send(f'42/chat,1["join",{{"room":{room}}}]')
    alice.send(f'42/chat,2["send",{{"room":{room},"client_id":"through-it","text":"hello"}}]')
    for bob in bobs:
        assert bob.hears("message", room=room)["text"] == "hello"
        bob.hears("presence", room=room, user=site.people["alice"].id, status="active")
    alice.close()
    for bob in bobs:
        bob.close()
