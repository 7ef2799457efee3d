"""Parley never phones home: a server in use connects to nobody outside, and its pages load nothing from elsewhere."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests

from tests.live.conftest import sign_in
from tests.support.live_server import ROOT, ServerProcess
from tests.support.wire_client import WireClient

HOOK = Path(__file__).parent / "no_outgoing"
PASSWORD = "a long enough one"
# What a browser loads by itself: not what somebody may click on.
LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\ssrc=["']?([^"'\s>]+)|<link\b[^>]*\shref=["']?([^"'\s>]+)"""
)
FETCHED = re.compile(
    r"""(?:url\(\s*["']?|(?:@import|\bimport\(|\bfrom|\bfetch\(|new WebSocket\(|new Worker\()\s*["'])"""
    r"""(?:https?:|wss?:)?//\w[^"')\s]*"""
)
# As the kernel writes 127.0.0.1, ::1 and ::ffff:127.0.0.1.
LOOPBACK = {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}


@pytest.fixture
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server of its own, whose every outgoing connection is noted."""
    folder = tmp_path_factory.mktemp("out")
    hook = os.pathsep.join([str(HOOK), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    server = ServerProcess(folder, PYTHONPATH=hook, OUTGOING_LOG=str(folder / "outgoing.log"))
    yield server.start()
    server.stop()


def outgoing(server: ServerProcess) -> list[str]:
    """What was noted, without what stays on this machine."""
    noted = Path(server.environment["OUTGOING_LOG"]).read_text().splitlines()
    return [line for line in noted if not _stays_here(line)]


def _stays_here(line: str) -> bool:
    """Our own Redis is a file's name; the address to listen on is looked up, which asks nobody for localhost."""
    first = ast.literal_eval(line.partition(" ")[2])[0]
    host = first[0] if isinstance(first, tuple) else first
    host = host.decode() if isinstance(host, bytes) else host
    if isinstance(host, str) and (host.startswith("/") or host in ("localhost", "")):
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def sign_up(server: ServerProcess, session: requests.Session, handle: str) -> None:
    """As a browser does it, from the form on."""
    address = f"{server.url}/accounts/signup/"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', session.get(address, timeout=30).text)
    assert token
    person = {"email": f"{handle}@elsewhere.example", "username": handle, "name": handle.title(), "password1": PASSWORD}
    form = {"csrfmiddlewaretoken": token[1], **person}
    answer = session.post(address, form, headers={"Origin": server.url}, timeout=30, allow_redirects=False)
    assert answer.status_code == 302, answer.text


def test_a_server_that_is_used_connects_to_nobody(watched: ServerProcess) -> None:
    olga = sign_in(watched, "olga*")["olga"]
    with requests.Session() as session:
        _make_owner(watched, "olga")
        sign_up(watched, session, "erin")
        cookie = "; ".join(f"{name}={value}" for name, value in session.cookies.items())
        pages = [session.get(watched.url + path, timeout=30) for path in ("/", "/rooms/", "/accounts/password/change/")]
        staff = {"Cookie": olga.cookie}
        pages += [requests.get(watched.url + path, headers=staff, timeout=30) for path in ("/admin/", "/admin/accounts/user/")]
    erin = WireClient(watched.port, cookie)
    room = erin.call("create", {"kind": "public", "name": "Erin's"})["room"]["id"]
    text = "see https://example.com/picture.png, mail carol@example.org"
    assert erin.call("send", {"room": room, "client_id": "client-000001", "text": text})["ok"]
    erin.close()
    for page in pages:
        assert page.status_code == 200, page.url
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        loaded = [address for pair in LOADED.findall(page.text) for address in pair if address]
        assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []
    assert _foreign_sources(pages[0].headers["Content-Security-Policy"], watched.url) == []
    assert outgoing(watched) == []
    assert _internet_sockets(watched.pid) == []


def test_the_watch_would_see_it(tmp_path: Path) -> None:
    """The same hook, around something that does phone home, by name and by address."""
    log = tmp_path / "outgoing.log"
    code = (
        "import socket\n"
        "for call, *to in ((socket.create_connection, ('203.0.113.7', 9), 0.01), (socket.getaddrinfo, 'home.invalid', 9)):\n"
        "    try: call(*to)\n"
        "    except OSError: pass\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(HOOK), "OUTGOING_LOG": str(log)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)
    found = [line for line in log.read_text().splitlines() if not _stays_here(line)]
    assert any("203.0.113.7" in line for line in found)
    assert any("home.invalid" in line for line in found)


def test_templates_styles_and_scripts_name_no_foreign_host_to_load_from() -> None:
    """Links that people may follow are no loading; namespaces and examples are no addresses of anything loaded."""
    found = []
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.css"), *(ROOT / "static/js").rglob("*.js")]:
        text = path.read_text()
        found += [f"{path}: {match[0]}" for match in LOADED.finditer(text) if re.search(r"[\"'](https?:)?//", match[0])]
        found += [f"{path}: {match[0]}" for match in FETCHED.finditer(text)]
    assert found == []


def _make_owner(server: ServerProcess, handle: str) -> None:
    """Nobody signs up before there is an owner."""
    command = [sys.executable, "manage.py", "make_owner", handle]
    subprocess.run(command, cwd=ROOT, env=server.environment, check=True, capture_output=True, timeout=120)


def _foreign_sources(policy: str, own: str) -> list[str]:
    """Hosts in the policy that are not ours, under any of our names."""
    names = re.findall(r"(?:https?|wss?)://([^\s;/]+)", policy)
    port = own.rpartition(":")[2]
    return [name for name in names if name not in {f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"}]


def _internet_sockets(pid: int) -> list[str]:
    """Connections to other machines of the server and of its children, our Redis among them, by what the kernel says."""
    processes = [pid, *_children(pid)]
    inodes = set()
    for process in processes:
        for link in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                inodes |= set(re.findall(r"socket:\[(\d+)\]", str(link.readlink())))
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            peer = fields[2].partition(":")[0]
            if fields[9] in inodes and not set(peer) <= {"0"} and peer not in LOOPBACK:
                found.append(f"{table} {fields[2]}")
    return found


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
