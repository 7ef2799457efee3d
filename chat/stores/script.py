"""Runs the Lua scripts, one at a time or many in one round trip."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any, NamedTuple

import redis
from redis.exceptions import NoScriptError

from chat.stores.connection import answering

FOLDER = Path(__file__).parent / "scripts"
Argument = str | int | bytes
# What some scripts have in common beyond what all have.
_BETWEEN = dict.fromkeys(("edit", "delete", "restore", "react"), ("amendment",))


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
        text, digest = _source(name)
        with answering():
            try:
                return self._client.evalsha(digest, len(keys), *keys, *arguments)
            except NoScriptError:
                return self._client.eval(text, len(keys), *keys, *arguments)

    def run_many(self, calls: Sequence[Call]) -> list[Any]:
        """Return every call's answer in order, from one round trip."""
        if not calls:
            return []
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for call in calls:
                pipeline.evalsha(_source(call.name)[1], len(call.keys), *call.keys, *call.arguments)
            answers = pipeline.execute(raise_on_error=False)
        return [self._settle(call, answer) for call, answer in zip(calls, answers, strict=True)]

    def _settle(self, call: Call, answer: Any) -> Any:
        if isinstance(answer, NoScriptError):
            return self.run(*call)
        if isinstance(answer, Exception):
            with answering():
                raise answer
        return answer


@cache
def _source(name: str) -> tuple[str, str]:
    parts = ("common", *_BETWEEN.get(name, ()), name)
    text = "\n".join((FOLDER / f"{part}.lua").read_text() for part in parts)
    return text, sha1(text.encode(), usedforsecurity=False).hexdigest()
