"""Asks Redis: Lua scripts and plain commands, one at a time or many in one round trip."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any, NamedTuple

import redis
from hiredis import pack_command
from redis.client import CaseInsensitiveDict
from redis.exceptions import NoScriptError

from chat.live.redis.client import answering
from chat.live.redis.keys import IN_SCRIPTS
from chat.live.redis.pipeline import Pipeline

FOLDER = Path(__file__).parent.parent / "lua"
Argument = str | int | bytes
Command = tuple[Argument, ...]
# What some scripts have in common beyond what all have.
_BETWEEN = {
    **dict.fromkeys(("append", "sync", "read", "project_member"), ("counting",)),
    **dict.fromkeys(("edit", "delete", "restore", "react", "purge"), ("counting", "amendment")),
    **dict.fromkeys(("begin_epoch", "recover"), ("epochs",)),
}


class Call(NamedTuple):
    """One run of a script."""

    name: str
    keys: Sequence[str]
    arguments: Sequence[Argument] = ()


class ScriptRunner:
    """Runs scripts by their digest; Redis forgets them when it restarts, and is then taught again."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def run(self, name: str, keys: Sequence[str], arguments: Sequence[Argument] = ()) -> Any:
        """Return the script's answer; raises ChatError unavailable when Redis does not give one."""
        [answer] = self._ask([("EVALSHA", _source(name)[1], len(keys), *keys, *arguments)])
        return self._settle(name, keys, arguments, answer) if isinstance(answer, Exception) else answer

    def run_many(self, calls: Sequence[Call]) -> list[Any]:
        """Return every call's answer in order, from one round trip."""
        if not calls:
            return []
        answers = self._ask([("EVALSHA", _source(name)[1], len(keys), *keys, *rest) for name, keys, rest in calls])
        return [
            self._settle(*call, answer) if isinstance(answer, Exception) else answer
            for call, answer in zip(calls, answers, strict=True)
        ]

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

    def _settle(self, name: str, keys: Sequence[str], arguments: Sequence[Argument], error: Exception) -> Any:
        """Teach Redis a script that it does not know; raise every other error."""
        answer: Any = error
        if isinstance(error, NoScriptError):
            [answer] = self._ask([("EVAL", _source(name)[0], len(keys), *keys, *arguments)])
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


@cache
def _source(name: str) -> tuple[str, str]:
    parts = ("common", *_BETWEEN.get(name, ()), name)
    text = "\n".join([_names(), *((FOLDER / f"{part}.lua").read_text() for part in parts)])
    return text, sha1(text.encode(), usedforsecurity=False).hexdigest()


def _names() -> str:
    """Return Lua that declares what scripts must know of names beyond those that they are given."""
    values = ", ".join(f"'{name}'" for name in IN_SCRIPTS.values())
    return f"local {', '.join(IN_SCRIPTS)} = {values}"
