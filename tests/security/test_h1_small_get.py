"""H1, its siblings in the head: a GET with 16 kB of backslashes in a cookie took 0.8 s of the loop, 95 lines a minute."""

import socket

import pytest

PATHS = ["/accounts/login/", "/static/nothing.css", "/socket.io/?EIO=4&transport=polling"]
BACKSLASHES = b'Cookie: a="' + b"\\" * 16_000 + b'"\r\n'
LINES = (b"Cookie: " + b"a=b;" * 4_000 + b"\r\n") * 95


def ask(server, path, fields):
    """Return the first line of the answer."""
    with socket.create_connection(("localhost", server.port), 60) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".encode() + fields + b"\r\n")
        return connection.makefile("rb").readline()


@pytest.mark.parametrize("path", PATHS)
def test_a_cookie_of_backslashes_holds_nobody_up(bystander, server, path):
    bystander.is_not_kept_waiting(lambda: lambda: [ask(server, path, BACKSLASHES) for _ in range(3)])


def test_a_head_of_a_hundred_long_lines_is_refused_before_it_is_read(server):
    assert ask(server, "/accounts/login/", LINES).startswith(b"HTTP/1.1 400 ")


def test_other_cookies_arrive_as_they_were_sent(server, people):
    cookie = f'Cookie: other="a\\"b"; {people["alice"].cookie}\r\n'
    assert ask(server, "/people/", cookie.encode()).startswith(b"HTTP/1.1 200 ")
