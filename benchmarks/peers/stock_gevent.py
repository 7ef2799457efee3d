"""python-socketio on gevent as it comes, with its Redis manager: stock_gevent.py PORT REDIS_SOCKET."""

from gevent import monkey

monkey.patch_all()

import json
import sys
import time
from typing import Any

import redis
import socketio
from gevent import pywsgi

KEPT = 200
PAGE = 50
# redis-py allows 100 unless told: with more senders under way it raises.
REDIS_CONNECTIONS = 5_000


def main(port: int, path: str) -> None:
    """Serve until killed."""
    url = f"unix://{path}"
    store = redis.Redis.from_url(url, max_connections=REDIS_CONNECTIONS)
    manager = socketio.RedisManager(url, redis_options={"max_connections": REDIS_CONNECTIONS})
    server = socketio.Server(async_mode="gevent", client_manager=manager, transports=["websocket"])
    _answer(server, store)
    pywsgi.WSGIServer(("127.0.0.1", port), socketio.WSGIApp(server), log=None, backlog=1024).serve_forever()


def _answer(server: Any, store: redis.Redis) -> None:
    def join(sid: str, room: str) -> dict[str, bool]:
        server.enter_room(sid, room)
        return {"ok": True}

    def message(sid: str, message: dict[str, str]) -> dict[str, bool]:
        room = message["room"]
        body = {"room": room, "user": sid, "text": message["text"], "time": int(time.time() * 1000)}
        with store.pipeline(transaction=False) as pipeline:
            pipeline.rpush(f"h:{room}", json.dumps(body))
            pipeline.ltrim(f"h:{room}", -KEPT, -1)
            pipeline.execute()
        server.emit("msg", body, room=room)
        return {"ok": True}

    def history(sid: str, room: str) -> list[object]:
        return [json.loads(row) for row in store.lrange(f"h:{room}", -PAGE, -1)]

    server.on("join", join)
    server.on("msg", message)
    server.on("history", history)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
