"""The two forms of a line: for people, and as JSON for programs (LOG_FORMAT)."""

import logging
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

# Said after the message where they are known.
FACTS = ("address", "request_id")


def escaped(text: str) -> str:
    """Return the text on one line: a name with a line break in it could otherwise write lines of its own (log injection)."""
    return text if text.isprintable() else "".join(map(_escaped_character, text))


def _escaped_character(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()


class LineFormatter(logging.Formatter):
    """Time, level, logger, message, and the facts as name=value; a stack follows, indented, so that it passes for no line."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:7} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        """Return the line without its stack."""
        facts = "".join(f" {name}={value}" for name in FACTS if (value := getattr(record, name, "")))
        return escaped(super().formatMessage(record) + facts)

    def formatException(self, *error: Any) -> str:  # noqa: N802 (logging's name)
        """Return the stack, whose last line may quote what somebody sent."""
        return "\n".join(f"    {escaped(line)}" for line in super().formatException(*error).splitlines())


class JsonLineFormatter(JsonFormatter):
    """The same as one JSON object; what else a record carries by `extra` is in it, too."""

    def __init__(self) -> None:
        super().__init__(
            "{levelname}{name}{message}",
            style="{",
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "stack"},
            # Django's request object; its useful parts are `address` and `request_id`.
            reserved_attrs=[*RESERVED_ATTRS, "request"],
        )
