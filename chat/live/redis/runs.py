"""Whether this run of Redis, from its start to its end, is one in which all live rooms were checked."""

from secrets import token_hex

from chat.live.redis import keys
from chat.live.redis.calls import Argument
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
        names = {
            "live_run": keys.LIVE_RUN,
            "checking": keys.checking(token),
            "installation": keys.INSTALLATION,
            "live_state": keys.LIVE_STATE,
        }
        ours = self._owner.id if self._owner else ""
        asked: dict[str, Argument] = {
            "operation": operation,
            "seconds": CHECK_SECONDS,
            "installation": ours,
            "name": token_hex(8),
        }
        found = self._scripts.run("live_run", names, asked)
        if self._owner and ours:
            with answering():
                self._owner.check(found.holder.decode())
        return found.run.decode(), found.checked.decode(), found.name.decode()
