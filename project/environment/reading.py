"""The reader of environment variables: secrets can come from files, and errors name their variable in one line."""

import os
from pathlib import Path
from typing import Any

from environs import Env, EnvValidationError


class Environment(Env):
    """environs' reader, with `NAME_FILE` beside `NAME` for secrets that must not stand in a process list or a unit file."""

    def secret(self, name: str, default: str = "") -> str:
        """Return the variable, or the content of the file that NAME_FILE names. Raises ValueError."""
        value, path = self.str(name, ""), self.str(f"{name}_FILE", "")
        if value and path:
            raise ValueError(f"{name} and {name}_FILE are both set; keep one of them")
        return _content(f"{name}_FILE", path) if path else value or default

    def is_set(self, name: str) -> bool:
        """Whether the administrator chose a value, even one that equals the default."""
        return bool(os.environ.get(name, "").strip())

    def _get_value(self, env_key: str, default: Any) -> Any:
        """Take an empty variable for one that is not set: files of variables and containers often name all of them."""
        return super()._get_value(env_key, default) if self.is_set(env_key) else default

    def names(self) -> set[str]:
        """Return the names of all variables that were read so far, set or not."""
        return set(self._fields)


env = Environment()


def in_one_line(error: Exception) -> str:
    """Return a settings error as text; environs prints its own as a Python list or dictionary."""
    if not isinstance(error, EnvValidationError):
        return " ".join(str(error).split())
    name = str(error).split('"')[1]
    return f"{name}: {' '.join(_texts(error.error_messages))}"


def _content(variable: str, path: str) -> str:
    try:
        content = Path(path).read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text file"
        raise ValueError(f'{variable} "{path}" cannot be read: {reason}') from error
    if not content:
        raise ValueError(f'{variable} "{path}" is empty')
    return content


def _texts(messages: Any) -> list[str]:
    if isinstance(messages, dict):
        return [text for each in messages.values() for text in _texts(each)]
    return [text for each in messages for text in _texts(each)] if isinstance(messages, list) else [str(messages)]
