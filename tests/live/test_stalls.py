"""A server whose loop stands still counts it; of one that the host did not run nothing is printed."""

import os
import signal
import time

import redis


def test_a_stall_of_the_host_is_counted_and_not_printed(server):
    assert _becomes(lambda: "Parley is at" in server.said())
    with redis.Redis(unix_socket_path=str(server.data_dir / "redis.sock"), decode_responses=True) as client:
        before = int(client.hget("metrics", "stalls") or 0)

        os.kill(server.pid, signal.SIGSTOP)
        time.sleep(0.3)
        os.kill(server.pid, signal.SIGCONT)

        assert _becomes(lambda: int(client.hget("metrics", "stalls") or 0) > before)
        worst = int(client.hget("metrics", "worst_stall_ms"))
    assert worst >= 300
    assert f"stood still for {worst} ms" not in server.said()


def _becomes(true):
    deadline = time.monotonic() + 5
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    return true()
