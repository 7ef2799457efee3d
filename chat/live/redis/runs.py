"""Whether this run of Redis, from its start to its end, is one in which all live rooms were checked."""

from secrets import token_hex

from chat.live.redis import keys
from chat.live.redis.client import answering
from chat.live.redis.ownership import Ownership
from chat.live.redis.scripts import ScriptRunner

CHECK_SECONDS = 600


class RunStore:
    """What Redis says of its own run, and the note that is in it alone: a Redis that was emptied has lost it.

    All of it raises ChatError unavailable, and writes nothing, if the Redis is another installation's.
    """

    def __init__(self, scripts: ScriptRunner, owner: Ownership | None = None) -> None:
        self._scripts = scripts
        self._owner = owner

    def now_and_checked(self) -> tuple[str, str]:
        """Return Redis's run id and the run in which all rooms were checked."""
        run, checked, _ = self._run("ask", "")
        return run, checked

    def live_state_name(self) -> str:
        """Return the name that this live state got when it was empty; another Redis has another."""
        return self._run("ask", "")[2]

    def begin_check(self) -> str:
        """Note that a check of all rooms begins; return its token."""
        token = token_hex(6)
        self._run("begin", token)
        return token

    def end_check(self, token: str) -> bool:
        """Note that all rooms were checked; False if Redis lost its data or restarted meanwhile."""
        run, checked, _ = self._run("end", token)
        return run == checked

    def _run(self, operation: str, token: str) -> tuple[str, str, str]:
        names = [keys.LIVE_RUN, keys.checking(token), keys.INSTALLATION, keys.LIVE_STATE]
        ours = self._owner.id if self._owner else ""
        run, checked, holder, name = self._scripts.run("live_run", names, [operation, CHECK_SECONDS, ours, token_hex(8)])
        if self._owner and ours:
            with answering():
                self._owner.check(holder.decode())
        return run.decode(), checked.decode(), name.decode()
