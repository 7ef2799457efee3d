"""One run of a script: what its manifest names, in the order in which Redis takes it, and its answer by name."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha1
from operator import itemgetter
from typing import Any, NamedTuple

from chat.live.redis.manifests import Manifest, Names, manifest_of, text_of

Argument = str | int | bytes


class Call(NamedTuple):
    """One run of a script: its keys and arguments as its manifest names them, and what follows these."""

    name: str
    keys: Mapping[str, str]
    arguments: Mapping[str, Argument] = {}
    more: Sequence[Argument] = ()


class Script:
    """A script as Redis knows it, in which order it takes what is named, and the types of its answers."""

    def __init__(self, manifest: Manifest) -> None:
        self.text = text_of(manifest)
        self.digest = sha1(self.text.encode(), usedforsecurity=False).hexdigest()
        self.keys, self.arguments = _picker(manifest.keys), _picker(manifest.arguments)
        self._answers = {status.encode(): _answer_type(status, names) for status, names in manifest.answers.items()}
        self._without_status = self._answers.get(b"")
        self._is_answered_by_name = manifest.is_answered_by_name

    def read(self, answer: Any) -> Any:
        """Return the parts of an answer by name, beside its `status`; as it is where the manifest names no answer."""
        if not self._is_answered_by_name:
            return answer
        if self._without_status:
            return self._without_status(*answer)
        return self._answers[answer[0]](*answer)


@cache
def script(name: str) -> Script:
    """Return the script of this name."""
    return Script(manifest_of(name))


def parameters(call: Call) -> list[Argument]:
    """Return what EVALSHA takes after the digest. Raises KeyError for a name that is missing, ValueError for one too many."""
    known = script(call.name)
    picked, given = known.keys(call.keys), known.arguments(call.arguments)
    if len(picked) != len(call.keys) or len(given) != len(call.arguments):
        raise ValueError(f"{call.name} takes no {sorted({*call.keys, *call.arguments})}")
    return [len(picked), *picked, *given, *call.more]


def _picker(names: Names) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """Return what takes the values of these names in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _answer_type(status: str, names: Names) -> Any:
    return namedtuple("Answer", ("status", *names) if status else names)
