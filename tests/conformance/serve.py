from gevent import monkey; monkey.patch_all()  # fmt: skip  # noqa: E702  before anything that imports socket, ssl or threading
"""Serves our transport alone, as the public protocol test suites expect it: python -m tests.conformance.serve --port 3000.

/engine.io/ and /socket.io/ answer as the Engine.IO v4 and Socket.IO v5 suites of socketio/socket.io ask for, /echo returns
every WebSocket message, as Autobahn|Testsuite does.
"""

import argparse
import socket

import gevent.socket
from gevent.pywsgi import WSGIServer

from tests.conformance.application import routes


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the transport for protocol test suites.")
    parser.add_argument("--port", type=int, default=3000)
    port = parser.parse_args().port
    listener = gevent.socket.create_server(("localhost", port), backlog=1024)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"Echoes at http://localhost:{port}/engine.io/ and /socket.io/, ws://localhost:{port}/echo", flush=True)
    WSGIServer(listener, routes(), log=None).serve_forever()


if __name__ == "__main__":
    main()
