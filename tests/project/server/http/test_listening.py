"""The addresses that a HOST means."""

import errno
import socket

import pytest

from project.server.errors import StartError
from project.server.http.listening import bind, close, listen
from tests.support.live_server import free_port

IPV4, IPV6 = "127.0.0.1", "::1"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("localhost", {IPV4, IPV6}),
        ("127.0.0.1", {IPV4}),
        ("0.0.0.0", {IPV4}),
        ("::1", {IPV6}),
        ("::", {IPV4, IPV6}),
    ],
)
def test_a_host_is_reached_by_all_of_its_addresses(host: str, reached: set[str], port: int) -> None:
    listeners = bind(host, port)
    assert _reached(port) == set()  # nobody is kept waiting before the start is over
    listen(listeners, host, port)
    assert _reached(port) == reached
    close(listeners)


def test_ipv4_visitors_keep_their_address_where_ipv6_is_served_as_well(port: int) -> None:
    listeners = bind("::", port)
    listen(listeners, "::", port)
    with socket.create_connection((IPV4, port)):
        ipv4 = next(listener for listener in listeners if listener.family == socket.AF_INET)
        connection, address = ipv4.accept()
        connection.close()
        assert address[0] == IPV4
    close(listeners)


def test_a_machine_without_ipv6_serves_localhost_all_the_same(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Socket(socket.socket):
        def __init__(self, family: int = -1, *rest: int) -> None:
            if family == socket.AF_INET6:
                raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
            super().__init__(family, *rest)

    monkeypatch.setattr("project.server.http.listening.Listener", Socket)
    listeners = bind("localhost", port)
    listen(listeners, "localhost", port)
    assert _reached(port) == {IPV4}
    close(listeners)
    with pytest.raises(StartError, match="Cannot listen on HOST ::1, PORT"):
        bind("::1", port)


def test_a_taken_port_is_refused_on_either_address(port: int) -> None:
    with socket.create_server((IPV6, port), family=socket.AF_INET6), pytest.raises(StartError, match="already in use"):
        bind("localhost", port)


def test_a_foreign_host_is_refused(port: int) -> None:
    with pytest.raises(StartError, match=r"HOST 192.0.2.1, PORT \d+: Cannot assign requested address"):
        bind("192.0.2.1", port)
    with pytest.raises(StartError, match=r'HOST "no-such-host\.invalid" is no address of this machine'):
        bind("no-such-host.invalid", port)


def _reached(port: int) -> set[str]:
    found = set()
    for address in (IPV4, IPV6):
        try:
            socket.create_connection((address, port), 1).close()
        except OSError:
            continue
        found.add(address)
    return found
