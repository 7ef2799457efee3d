"""Whether this run of Redis, from its start to its end, is one in which all live rooms were checked."""

from secrets import token_hex

from chat.stores import keys
from chat.stores.script import ScriptRunner

CHECK_SECONDS = 600


class RunStore:
    """What Redis says of its own run, and the note that is in it alone: a Redis that was emptied has lost it."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def now_and_checked(self) -> tuple[str, str]:
        """Return Redis's run id and the run in which all rooms were checked."""
        return self._run("ask", "")

    def begin_check(self) -> str:
        """Note that a check of all rooms begins; return its token."""
        token = token_hex(6)
        self._run("begin", token)
        return token

    def end_check(self, token: str) -> bool:
        """Note that all rooms were checked; False if Redis lost its data or started anew meanwhile."""
        run, checked = self._run("end", token)
        return run == checked

    def _run(self, operation: str, token: str) -> tuple[str, str]:
        run, checked = self._scripts.run("live_run", [keys.LIVE_RUN, keys.checking(token)], [operation, CHECK_SECONDS])
        return run.decode(), checked.decode()
