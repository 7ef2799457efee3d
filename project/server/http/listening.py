"""The sockets that a server listens on."""

import errno
import ipaddress
import socket
from collections.abc import Iterable

from project.environment.host_names import is_host
from project.server.errors import StartError

BACKLOG = 1_024
# Of what a peer does not read the kernel holds at most twice this; left to itself it takes 4 MB, for each of them.
SEND_BUFFER_BYTES = 256 * 1024
# Browsers try both for this name, and another program on the second one would answer in our place.
LOCALHOST = ("127.0.0.1", "::1")
# One socket for both kinds would show IPv4 visitors as ::ffff:192.0.2.1, which no limit, log or proxy list expects.
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104
# What a machine without IPv6 answers.
NOT_HERE = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT)

# Under gevent's patches this is gevent's, as is all of this module's socket.
Listener = socket.socket


def is_wildcard(host: str) -> bool:
    """Whether this host means every address of the machine."""
    return host in EVERY_ADDRESS


def bind(host: str, port: int) -> list[Listener]:
    """Take the port on every address of a host, without listening yet: nobody is kept waiting while the start goes on.

    Raises StartError when the address is taken or not this machine's.
    """
    listeners: list[Listener] = []
    missing: OSError | None = None
    for address, zone in _addresses(host, port):
        try:
            listeners.append(_bind(address, port, zone))
        except OSError as error:
            if error.errno not in NOT_HERE:
                close(listeners)
                raise _cannot_listen(host, port, error) from error
            missing = error
    if not listeners:
        raise _cannot_listen(host, port, missing) from missing
    return listeners


def listen(listeners: Iterable[Listener], host: str, port: int) -> None:
    """Accept connections from now on. Raises StartError if another process was quicker."""
    try:
        for listener in listeners:
            listener.listen(BACKLOG)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error


def close(listeners: Iterable[Listener]) -> None:
    """Give the port back."""
    for listener in listeners:
        listener.close()


def _addresses(host: str, port: int) -> list[tuple[str, int]]:
    """Each address and its zone: fe80::1%eth0 is another address than fe80::1%eth1; 0 where there is none."""
    if host == "localhost":
        return [(address, 0) for address in LOCALHOST]
    if host == "::":
        return [(address, 0) for address in EVERY_ADDRESS]
    if not is_host(host):
        raise StartError(f'HOST "{host}" must be a host name or an address, without scheme and port')
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise StartError(f'HOST "{host}" is no address of this machine: {error.strerror}') from error
    places = ((str(place[0]).partition("%")[0], int(place[3]) if len(place) == 4 else 0) for *_, place in found)
    return list(dict.fromkeys(places))


def _bind(address: str, port: int, zone: int) -> Listener:
    """A socket whose options its connections inherit: with Nagle's delay, answers wait 40 ms for a full packet."""
    is_ipv6 = ipaddress.ip_address(address).version == 6
    listener = Listener(socket.AF_INET6 if is_ipv6 else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        if is_ipv6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port, 0, zone) if is_ipv6 else (address, port))
    except BaseException:
        listener.close()
        raise
    return listener


def _cannot_listen(host: str, port: int, error: OSError | None) -> StartError:
    return StartError(f"Cannot listen on HOST {host}, PORT {port}: {error.strerror if error else 'it has no address'}")
