"""The subscriptions of one process: what is published arrives whole, in order, under its channel's name."""

import threading
import time
from collections.abc import Iterator

import pytest

from chat.live.redis.client import connect
from chat.live.redis.pubsub import Broker
from tests.support.redis_servers import RedisProcess


class Listener:
    """A broker that reads in a thread, and what it heard."""

    def __init__(self, url: str) -> None:
        self.client = connect(url)
        self.heard: list[tuple[str, bytes]] = []
        self.subscribed: list[str] = []
        self.broker = Broker(self.client)
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        for channel, message in self.broker.receive():
            if message is None:
                self.subscribed.append(channel)
            else:
                self.heard.append((channel, message))

    def hears(self, count: int) -> list[tuple[str, bytes]]:
        deadline = time.monotonic() + 30
        while len(self.heard) < count and time.monotonic() < deadline:
            time.sleep(0.005)
        return self.heard

    def stop(self) -> None:
        self.broker.stop()
        self._thread.join(5)
        assert not self._thread.is_alive()
        self.client.close()


@pytest.fixture
def listener(redis_server: RedisProcess) -> Iterator[Listener]:
    listener = Listener(redis_server.url)
    yield listener
    listener.stop()


def _publish(listener: Listener, *messages: tuple[str, bytes]) -> None:
    with listener.client.pipeline(transaction=False) as pipeline:
        for channel, message in messages:
            pipeline.publish(channel, message)
        pipeline.execute()


def test_a_burst_arrives_in_order(listener):
    assert all(confirmed.wait(5) for confirmed in listener.broker.subscribe(["room:{7}:events", "room:{8}:events"]))
    burst = [(f"room:{{{7 + number % 2}}}:events", b"%d " % number + b"\xff" * 300) for number in range(1_000)]

    _publish(listener, *burst)

    assert listener.hears(1_000) == burst


def test_who_let_a_channel_go_hears_the_others(listener):
    for channel in ("one", "two"):
        assert listener.broker.subscribe([channel])[0].wait(5)
    listener.broker.unsubscribe("one")

    _publish(listener, ("one", b"a"), ("two", b"b"))

    assert listener.hears(1) == [("two", b"b")]


def test_a_lost_subscription_is_said_and_mended(listener):
    [confirmed] = listener.broker.subscribe(["one"])
    assert confirmed.wait(5)
    before = listener.subscribed.count("one")

    listener.client.client_kill_filter(_type="pubsub")

    deadline = time.monotonic() + 30
    while listener.subscribed.count("one") == before and time.monotonic() < deadline:
        time.sleep(0.005)
    assert confirmed.wait(5)
    _publish(listener, ("one", b"a"))
    assert listener.hears(1) == [("one", b"a")]
