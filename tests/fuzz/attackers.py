"""Clients that do what no good client does, each over a connection or a few of its own."""

import struct
from base64 import b64encode
from collections.abc import Callable
from random import Random
from typing import Any

import gevent
from gevent import socket as gevent_socket

from tests.fuzz.frame_streams import BINARY, CLOSE, PING, TEXT, client_frame, frame_stream
from tests.fuzz.mutation import cut, damaged
from tests.fuzz.packet_texts import engine_text

_RESET = struct.pack("ii", 1, 0)
_PATIENCE = 0.05
_HEADERS = (
    *(
        "Connection: close",
        "Connection: Upgrade",
        "Connection: keep-alive, Upgrade",
        "Upgrade: websocket",
        "Upgrade: websocket, h2c",
    ),
    *("Content-Length: 5", "Content-Length: 0", "Content-Length: x", "Content-Length: -1", "Content-Length: 99999999999"),
    *(
        "Transfer-Encoding: chunked",
        "Expect: 100-continue",
        "Origin: null",
        "Cookie: a",
        "X:",
        ": x",
        " folded",
        "Host: a",
        "é: ü",
    ),
    *(
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Version: 8",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Key: x",
    ),
    *("Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Protocol: chat"),
)
_UPGRADE = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)

Attack = Callable[[Random, int], None]


def speak_websocket(random: Random, port: int) -> None:
    """Open a session by WebSocket and say anything."""
    request = _head(random, "GET", "transport=websocket", _UPGRADE)
    if random.random() < 0.3:
        stream = damaged(random, frame_stream(random))
    else:
        stream = client_frame(random, TEXT, b"40") + b"".join(_packet_frame(random) for _ in range(random.randint(0, 8)))
        stream = damaged(random, stream) if random.random() < 0.3 else stream
    _send(random, port, request + stream)


def speak_http(random: Random, port: int) -> None:
    """Send requests with all sorts of headers, more or less whole."""
    requests = b""
    for _ in range(random.randint(1, 3)):
        method = random.choice(("GET", "GET", "POST", "OPTIONS", "PUT", "HEAD", "BREW"))
        transport = random.choice(("polling", "polling", "websocket", "websocket", "flash"))
        headers = random.sample(_HEADERS, random.randint(0, 5)) + (list(_UPGRADE) if random.random() < 0.4 else [])
        requests += _head(random, method, f"transport={transport}", headers) + random.choice(
            (b"", b"hello", b"5\r\nhello\r\n0\r\n\r\n")
        )
    _send(random, port, damaged(random, requests) if random.random() < 0.5 else requests)


def poll(random: Random, port: int) -> None:
    """Open a session by long polling, and poll and post out of all order; now and then try a WebSocket beside it."""
    sid = _open_polling(random, port)
    steps = [_post, _post, _post, _get, _try_upgrade]
    under_way = []
    for _ in range(random.randint(1, 6)):
        under_way.append(gevent.spawn(random.choice(steps), random, port, sid))
        if random.random() < 0.6:
            gevent.sleep(random.choice((0, 0.002)))
    gevent.joinall(under_way, raise_error=True)


ATTACKS: tuple[Attack, ...] = (speak_websocket, speak_websocket, speak_http, poll)


def _open_polling(random: Random, port: int) -> str:
    with gevent_socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(_head(random, "GET", "transport=polling", ["Connection: close"]))
        answer = b""
        while chunk := client.recv(4_096):
            answer += chunk
    sid: str = answer.split(b'"sid":"')[1].split(b'"')[0].decode()
    return sid


def _post(random: Random, port: int, sid: str) -> None:
    packets = ["40"] + [_polling_text(random) for _ in range(random.randint(0, 6))]
    body = "\x1e".join(packets[random.randint(0, 1) :]).encode()
    body = damaged(random, body) if random.random() < 0.3 else body
    length = len(body) + random.choice((0, 0, 0, 0, 1, -1, 30_000))
    _send(random, port, _head(random, "POST", f"transport=polling&sid={sid}", [f"Content-Length: {length}"]) + body)


def _get(random: Random, port: int, sid: str) -> None:
    _send(random, port, _head(random, "GET", f"transport=polling&sid={sid}", []))


def _try_upgrade(random: Random, port: int, sid: str) -> None:
    request = _head(random, "GET", f"transport=websocket&sid={sid}", _UPGRADE)
    steps = ["2probe", "5", *(engine_text(random) for _ in range(random.randint(0, 3)))]
    if random.random() < 0.3:
        random.shuffle(steps)
    stream = b"".join(client_frame(random, TEXT, step.encode()) for step in steps)
    _send(random, port, request + (damaged(random, stream) if random.random() < 0.2 else stream))


def _polling_text(random: Random) -> str:
    if random.random() < 0.15:
        return "b" + random.choice((b64encode(random.randbytes(20)).decode(), "?", "=", "A", "AA==", "é"))
    return engine_text(random)


def _packet_frame(random: Random) -> bytes:
    if random.random() < 0.15:
        return client_frame(random, random.choice((BINARY, PING, CLOSE)), random.randbytes(random.randint(0, 125)))
    return client_frame(random, TEXT, engine_text(random).encode())


def _head(random: Random, method: str, query: str, headers: Any) -> bytes:
    lines = [
        f"{method} /socket.io/?EIO=4&{query} HTTP/{random.choice(('1.1', '1.1', '1.1', '1.1', '1.0'))}",
        "Host: localhost",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _send(random: Random, port: int, content: bytes) -> None:
    """Send it piece by piece, read a little or nothing, and go in one of the ways in which connections end."""
    client = gevent_socket.create_connection(("127.0.0.1", port), 5)
    client.settimeout(_PATIENCE)
    try:
        for number, piece in enumerate(cut(random, content)):
            client.sendall(piece)
            if number < 20 and random.random() < 0.3:
                gevent.sleep(0)
        _go(random, client)
    except OSError:  # the server has had enough
        pass
    finally:
        client.close()


def _go(random: Random, client: Any) -> None:
    match random.randrange(4):
        case 0:
            client.setsockopt(gevent_socket.SOL_SOCKET, gevent_socket.SO_LINGER, _RESET)
        case 1:
            client.shutdown(gevent_socket.SHUT_WR)
            client.recv(1_000)
        case 2:
            gevent.sleep(_PATIENCE)
        case _:
            while client.recv(65_536):
                pass
