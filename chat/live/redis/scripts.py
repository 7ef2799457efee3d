"""Asks Redis: Lua scripts and plain commands, one at a time or many in one round trip."""

from collections.abc import Mapping, Sequence
from typing import Any

import redis
from hiredis import pack_command
from redis.client import CaseInsensitiveDict
from redis.exceptions import NoScriptError

from chat.live.redis.calls import Argument, Call, Script, parameters, script
from chat.live.redis.client import answering
from chat.live.redis.pipeline import Pipeline

Command = tuple[Argument, ...]


class ScriptRunner:
    """Runs scripts by their digest; Redis forgets them when it restarts, and is then taught again."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def run(
        self, name: str, keys: Mapping[str, str], arguments: Mapping[str, Argument] = {}, more: Sequence[Argument] = ()
    ) -> Any:
        """Return the script's answer by its names; raises ChatError unavailable when Redis does not give one."""
        [answer] = self.run_many([Call(name, keys, arguments, more)])
        return answer

    def run_many(self, calls: Sequence[Call]) -> list[Any]:
        """Return every call's answer in order, from one round trip."""
        if not calls:
            return []
        asked = [(script(call.name), parameters(call)) for call in calls]
        answers = self._ask([("EVALSHA", known.digest, *given) for known, given in asked])
        return [known.read(self._settle(known, given, answer)) for (known, given), answer in zip(asked, answers, strict=True)]

    def ask(self, commands: Sequence[Command]) -> list[Any]:
        """Return the answers to plain commands as Redis wrote them; raises ChatError unavailable, or the first error."""
        answers = self._ask(commands) if commands else []
        for answer in answers:
            if isinstance(answer, Exception):
                with answering():
                    raise answer
        return answers

    def _ask(self, commands: Sequence[Command]) -> list[Any]:
        """Return Redis's answers, errors among them; raises ChatError unavailable."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            pipeline.response_callbacks = CaseInsensitiveDict({})  # redis-py would make sets and dictionaries of some
            for command in commands:
                pipeline.execute_command(*command)
            return pipeline.execute(raise_on_error=False)

    def _settle(self, known: Script, given: Sequence[Argument], answer: Any) -> Any:
        """Teach Redis a script that it does not know; raise every other error."""
        if isinstance(answer, NoScriptError):
            [answer] = self._ask([("EVAL", known.text, *given)])
        if isinstance(answer, Exception):
            with answering():
                raise answer
        return answer


class GroupedScriptRunner(ScriptRunner):
    """The same, together with whoever else asks in the same turn of the loop."""

    def __init__(self, client: redis.Redis, pipeline: Pipeline) -> None:
        super().__init__(client)
        self._pipeline = pipeline

    def _ask(self, commands: Sequence[Command]) -> list[Any]:
        return self._pipeline.ask([pack_command(command) for command in commands])  # type: ignore[arg-type]  # its stub knows one argument only
