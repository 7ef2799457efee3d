"""Wherever the archiver is killed, the next one goes on: nothing is left out, nothing is there twice."""

from contextlib import suppress

import pytest
from django.db import connection

from chat.archive.archiver import Archiver

STORE = ("hold_lease", "heads", "unarchived", "ends", "trim", "tell_lag", "read_markers")


class Killed(BaseException):
    """The process ends here."""


class Steps:
    """Counts steps and kills at one of them: before it, or after it was done."""

    def __init__(self, kill_at: int, after: bool) -> None:
        self.taken = 0
        self._kill_at, self._after = kill_at, after

    def __call__(self, do, *args, **more):
        self.taken += 1
        if self.taken == self._kill_at and not self._after:
            raise Killed
        result = do(*args, **more)
        if self.taken == self._kill_at:
            raise Killed
        return result


def _run(archiver, live, kill_at, after, monkeypatch):
    """One turn that dies at a step; return how many steps it took."""
    steps = Steps(kill_at, after)
    with monkeypatch.context() as patch, connection.execute_wrapper(steps):
        for name in STORE:
            method = getattr(live.archiving, name)
            patch.setattr(live.archiving, name, lambda *args, method=method: steps(method, *args))
        with suppress(Killed):
            archiver.turn()
    connection.connection.rollback()  # as a database does with what a dead process has begun
    return steps.taken


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_every_step(talk, live, numbered, settings, monkeypatch, after):
    settings.HOT_MESSAGES = 100
    monkeypatch.setattr("chat.archive.archiver.ROWS", 40)
    said = kill_at = 0
    taken = 1
    while taken >= kill_at:
        said += 50
        talk.say(50)
        live.amendments.edit(
            talk.room, talk.alice.id, said - 60 if said > 60 else 1, f"message {said - 60 if said > 60 else 1}."
        )
        live.client.delete("archiver")
        kill_at += 1
        taken = _run(Archiver(live), live, kill_at, after, monkeypatch)
        archived = [row.split()[0] for row in talk.archived()]
        assert archived == [str(seq) for seq in range(1, len(archived) + 1)]
        assert talk.live_seqs()[0] <= len(archived) + 1
    assert kill_at > 12
    live.client.delete("archiver")
    Archiver(live).turn()
    edited = {1, *range(40, said - 59, 50)}
    assert talk.archived() == [f"{row}." if int(row.split()[0]) in edited else row for row in numbered(said)]
    assert talk.live_seqs() == list(range(said - 99, said + 1))
