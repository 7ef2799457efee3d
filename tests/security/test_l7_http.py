"""L7 and L8: what two HTTP programs in a row might read differently, and hosts that are not ours, get 400 on every path."""

import socket

import pytest
import requests

HEALTHY = b"Host: localhost\r\n"
PATHS = ["/accounts/login/", "/socket.io/?EIO=4&transport=polling", "/static/nothing.css"]


def ask(server, path, fields, method="GET", version="HTTP/1.1", before=b""):
    with socket.create_connection(("localhost", server.port), 30) as connection:
        head = f"{method} {path} {version}\r\n".encode() + fields + b"Connection: close\r\n\r\n"
        connection.sendall(before + head)
        answer = b""
        while chunk := connection.recv(65_536):
            answer += chunk
    return answer


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: +0\r\n",
        b"Content-Length: 1_0\r\n",
        b"Content-Length: \xa00\r\n",
        b"Content-Length: \x0b0\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: identity\r\n",
        b"Transfer-Encoding: \x0bchunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    ],
)
@pytest.mark.parametrize("path", PATHS)
def test_l7_a_body_that_two_programs_could_read_differently_is_refused(server, path, fields):
    assert ask(server, path, HEALTHY + fields, "POST").startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("path", PATHS)
def test_l8_only_our_hosts_are_answered(server, path):
    assert ask(server, path, b"Host: evil.example\r\n").startswith(b"HTTP/1.1 400 ")
    assert ask(server, path, b"").startswith(b"HTTP/1.1 400 ")
    assert not ask(server, path, b"Host: localhost:9\r\n").startswith(
        b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nX"
    )


@pytest.mark.parametrize(
    "path", ["/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=3", "/socket.io/?EIO=4&transport=websocket"]
)
def test_l8_no_answer_of_the_transport_is_guessed_at(server, path):
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in ask(server, path, HEALTHY)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/language/", "/nowhere/"])
@pytest.mark.parametrize("kind", [f"{FORM}; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=\xff"])
def test_l7_a_form_that_cannot_be_read_is_no_error_of_the_server(browser, server, path, kind):
    """Each wrote 80 lines to the log, of which nothing bounds the number."""
    headers = {"Content-Type": kind.encode("latin-1")}
    assert browser.post(server.url + path, data=b"a=b", headers=headers, timeout=30).status_code == 400


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/logout/", "/accounts/password/reset/"])
def test_l7_an_address_that_is_none_leads_nowhere(server, path):
    assert requests.get(f"{server.url}{path}?next=http://[", timeout=30).status_code < 500


def test_l7_requests_that_come_together_hold_nobody_up(bystander, server):
    """Nothing was done between 3,000 of them but to answer: 0.5 s of the loop, and as long as more of them came."""
    together = b"GET /socket.io/?EIO=3 HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3_000

    def send():
        assert ask(server, PATHS[1], HEALTHY, before=together).count(b"HTTP/1.1 ") == 3_001

    bystander.is_not_kept_waiting(lambda: send)
