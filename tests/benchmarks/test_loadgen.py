"""The load generator must see what a server does wrong: otherwise its figures say nothing."""

import json
import os
import shutil

import pytest

from benchmarks.building import build_loadgen
from benchmarks.load import Load, Served, complaints
from tests.benchmarks.scripted_server import Script, scripted_server

pytestmark = pytest.mark.skipif(not shutil.which("gcc"), reason="the load generator is compiled with gcc")

TWO_HUNDRED = ["--connections", "1", "--rate", "1000", "--warmup", "0", "--duration", "0.2", "--drain", "0.3", "--settle", "0"]
NOTHING = ["--connections", "1", "--duration", "0", "--settle", "0", "--setup-timeout", "0.5"]


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    build_loadgen()


def load(script: Script, arguments: list[str]):
    with scripted_server(script) as port:
        served = Served(port, os.getpid(), os.getpid(), (), ())
        return Load(served, arguments).result()


class Chat:
    """Echoes and acknowledges; a test says what it does to the echo of the nth message."""

    def __init__(self, deliver=lambda number, echo: [echo], answer='{"ack":%d,"ok":true}') -> None:
        self.number = 0
        self.deliver = deliver
        self.answer = answer

    def __call__(self, text: str) -> list[str]:
        if not text:
            return []
        self.number += 1
        message = json.loads(text)
        echo = json.dumps({"message": {"text": message["message"]}})
        return [*self.deliver(self.number, echo), self.answer % message["mid"]]


def test_a_server_that_does_everything_right_gives_no_reason_to_complain() -> None:
    result = load(Chat(), ["--dialect", "plain", *TWO_HUNDRED])
    assert complaints(result) == []
    assert (result["sent"], result["delivered"], result["acknowledged"]) == (200, 200, 200)
    assert 0 < result["delivery_ms"]["p50"] <= result["delivery_ms"]["p99"] <= result["delivery_ms"]["max"] < 1000


def test_lost_doubled_and_overtaken_messages_are_told_apart() -> None:
    held: list[str] = []

    def deliver(number: int, echo: str) -> list[str]:
        if number % 10 == 3:
            return []
        if number % 10 == 5:
            return [echo, echo]
        if number % 10 == 7:
            held.append(echo)
            return []
        return [echo, held.pop()] if held else [echo]

    result = load(Chat(deliver), ["--dialect", "plain", *TWO_HUNDRED])
    assert (result["lost"], result["duplicates"], result["reordered"]) == (20, 20, 20)
    assert complaints(result) == ["20 lost", "20 duplicates", "20 reordered"]


def test_a_refused_message_is_a_reason_to_complain() -> None:
    result = load(Chat(answer='{"ack":%d,"ok":false,"error":{"code":"muted"}}'), ["--dialect", "plain", *TWO_HUNDRED])
    assert result["refused"] == 200
    assert "muted" in complaints(result)[-1]


def test_messages_that_nobody_answers_are_a_reason_to_complain() -> None:
    result = load(Chat(answer="%d"), ["--dialect", "plain", *TWO_HUNDRED])
    assert complaints(result) == ["200 not acknowledged"]


def test_a_message_of_another_room_is_a_reason_to_complain() -> None:
    def deliver(number: int, echo: str) -> list[str]:
        return [echo, echo.replace(";s=0;", ";s=1;")] if ";s=0;" in echo else [echo]

    result = load(Chat(deliver), ["--dialect", "plain", *TWO_HUNDRED, "--rooms", "2", "--connections", "2", "--senders", "2"])
    assert complaints(result) == ["100 misrouted"]


def test_a_connection_counts_as_open_only_when_connect_was_answered() -> None:
    def silent(text: str) -> list[str]:
        return ['0{"sid":"a"}'] if not text else []

    result = load(silent, ["--namespace", "/chat", *NOTHING])
    assert result["alive"] == 0
    assert "in namespace 1" in result["first_failure"]


def test_a_refused_connection_is_told_in_the_servers_words() -> None:
    def refusing(text: str) -> list[str]:
        return ['0{"sid":"a"}'] if not text else ['44/chat,{"message":"Log in first."}']

    result = load(refusing, ["--namespace", "/chat", *NOTHING])
    assert result["failed"] == 1
    assert "Log in first." in result["first_failure"]


def test_a_ping_is_answered() -> None:
    heard = []

    def pinging(text: str) -> list[str]:
        heard.append(text)
        return {"": ['0{"sid":"a"}', "2"], "3": ['40/chat,{"sid":"b"}']}.get(text, [])

    result = load(pinging, ["--namespace", "/chat", "--join", "", *NOTHING])
    assert result["alive"] == 1
    assert sorted(heard) == ["", "3", "40/chat,"]
