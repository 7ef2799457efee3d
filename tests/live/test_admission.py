"""Who may connect, and for how long."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.live.conftest import People, sign_in
from tests.support.live_server import ServerProcess
from tests.support.wire_client import WireClient
from tests.support.wire_socket import Rejected


def _refused(server: ServerProcess, cookie: str, **more: object) -> dict:
    client = WireClient(server.port, cookie, **more)  # type: ignore[arg-type]
    refusal = client.refusal
    client.close()
    assert refusal is not None
    return refusal["data"]


@pytest.mark.parametrize("cookie", ["", "sessionid=", "sessionid=" + "a" * 32, "sessionid=../../etc", "other=1; sessionid"])
def test_without_a_session_nobody_comes_in(server: ServerProcess, cookie: str) -> None:
    assert _refused(server, cookie)["code"] == "forbidden"


def test_a_page_of_somebody_else_may_not_use_alices_cookie(server: ServerProcess, people: People) -> None:
    for origin in ("http://evil.example", f"http://localhost:{server.port + 1}", "null", "file://"):
        with pytest.raises(Rejected):
            WireClient(server.port, people["alice"].cookie, origin=origin)
    # An administrator who opens the page by another address than PUBLIC_URL's finds the reason in the log.
    assert re.search(rf"Refused a live connection to a page at .*: PUBLIC_URL allows .*{server.url}", server.said())
    assert _refused(server, people["alice"].cookie, origin=None)["code"] == "forbidden"


def test_who_comes_in_the_same_moment_as_others_comes_in_as_oneself(server: ServerProcess, people: People) -> None:
    handles = ["alice", "nobody", "bob", "carol"] * 6
    cookies = [people[handle].cookie if handle in people else "sessionid=" + "z" * 32 for handle in handles]
    with ThreadPoolExecutor(len(cookies)) as crowd:
        clients = list(crowd.map(lambda cookie: WireClient(server.port, cookie), cookies))
    for handle, client in zip(handles, clients, strict=True):
        if handle == "nobody":
            assert client.refusal
        else:
            assert client.call("sync", {"rooms": {}})["me"]["handle"] == handle
        client.close()


def test_an_evil_host_does_not_make_an_evil_origin_ours(server: ServerProcess, people: People) -> None:
    answer = requests.get(
        f"{server.url}/socket.io/?EIO=4&transport=polling",
        headers={"Host": "evil.example", "Origin": "http://evil.example", "Cookie": people["alice"].cookie},
        timeout=10,
    )
    assert answer.status_code == 400


def test_another_namespace_is_not_open(server: ServerProcess, people: People) -> None:
    client = WireClient(server.port, people["alice"].cookie, namespace="/admin")
    assert client.refusal is not None
    client.close()


def test_long_polling_works_as_well(server: ServerProcess, people: People) -> None:
    http = requests.Session()
    http.headers.update({"Origin": server.url, "Cookie": people["alice"].cookie})
    url = f"{server.url}/socket.io/?EIO=4&transport=polling"
    sid = re.search(r'"sid":"([^"]+)"', http.get(url, timeout=10).text)
    assert sid
    url += f"&sid={sid[1]}"
    http.post(url, data="40/chat,", timeout=10)
    assert '"sid"' in http.get(url, timeout=10).text
    http.post(url, data='42/chat,7["sync",{"rooms":{}}]', timeout=10)
    answer = ""
    while "43/chat,7" not in answer:
        answer = http.get(url, timeout=10).text
    assert '"ok":true' in answer
    http.post(url, data="1", timeout=10)


def test_logging_out_closes_the_connection_of_that_session_alone(server: ServerProcess, people: People) -> None:
    here, elsewhere = (sign_in(server, "bob")["bob"].cookie for _ in range(2))
    desk, phone = WireClient(server.port, here), WireClient(server.port, elsewhere)
    page = requests.get(f"{server.url}/accounts/logout/", headers={"Cookie": here}, timeout=10)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token

    requests.post(
        f"{server.url}/accounts/logout/",
        data={"csrfmiddlewaretoken": token[1]},
        headers={"Cookie": f"{here}; csrftoken={page.cookies['csrftoken']}", "Referer": server.url},
        timeout=10,
    )

    assert desk.closed.wait(2)
    assert phone.call("sync", {"rooms": {}})["ok"]
    assert _refused(server, here)["code"] == "forbidden"
    for client in (desk, phone):
        client.close()


def test_a_frame_over_the_limit_ends_the_connection_and_no_other(server: ServerProcess, people: People) -> None:
    mallory, bob = (WireClient(server.port, people[handle].cookie) for handle in ("mallory", "bob"))
    mallory.send_frame("42/chat,1" + "x" * 200_000)
    assert mallory.closed.wait(5)
    assert bob.call("sync", {"rooms": {}})["ok"]
    for client in (mallory, bob):
        client.close()
