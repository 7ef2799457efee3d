"""Readiness is cheap and never hangs, whatever the stores do."""

import gevent

from project.health import readiness
from project.health.readiness import Readiness


def test_a_frozen_store_is_not_waited_for_and_the_others_are_still_told(monkeypatch):
    monkeypatch.setattr(readiness, "ANSWER_SECONDS", 0.05)
    ended = []

    def frozen():
        try:
            gevent.sleep(60)
        finally:
            ended.append(True)
        return "ok"

    assert Readiness({"database": frozen, "disk": lambda: "ok"}).parts() == {"database": "unavailable", "disk": "ok"}
    gevent.sleep(0)
    assert ended, "a check that is not waited for must not pile up"


def test_mallory_asks_a_thousand_times_and_each_store_is_asked_once():
    asked = []

    def slow():
        asked.append(True)
        gevent.sleep(0.01)
        return "ok"

    ready = Readiness({"redis": slow})
    answers = [gevent.spawn(ready.parts) for _ in range(1_000)]
    gevent.joinall(answers)
    assert all(answer.value == {"redis": "ok"} for answer in answers)
    assert len(asked) == 1


def test_what_was_true_a_second_ago_is_looked_at_again(monkeypatch):
    monkeypatch.setattr(readiness, "FRESH_SECONDS", 0.0)
    words = iter(["ok", "full"])
    ready = Readiness({"disk": lambda: next(words)})
    assert [ready.parts()["disk"] for _ in range(2)] == ["ok", "full"]


def test_a_check_that_fails_is_unavailable_and_its_stack_is_logged(caplog):
    def broken():
        raise ZeroDivisionError

    assert Readiness({"disk": broken}).parts() == {"disk": "unavailable"}
    assert "The readiness check of disk failed" in caplog.text
