"""A server whose loop stands still says so."""

import os
import signal
import time

import redis


def test_a_stall_is_logged_and_counted(server):
    assert _becomes(lambda: "Parley is at" in server.said())
    with redis.Redis(unix_socket_path=str(server.data_dir / "redis.sock"), decode_responses=True) as client:
        before = int(client.hget("metrics", "stalls") or 0)

        os.kill(server.pid, signal.SIGSTOP)
        time.sleep(0.3)
        os.kill(server.pid, signal.SIGCONT)

        assert _becomes(lambda: int(client.hget("metrics", "stalls") or 0) > before)
        assert int(client.hget("metrics", "worst_stall_ms")) >= 300
    assert "The event loop stood still for " in server.said()


def _becomes(true):
    deadline = time.monotonic() + 5
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    return true()
