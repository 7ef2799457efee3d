"""The payloads of the protocol's events, as the code declares them, in a short notation."""

from typing import Any

import msgspec
from msgspec import inspect as shapes

from chat.domain import protocol

# A payload that fits is written on one line.
LINE_CHARS = 100
MOST = 2**53


def payload(name: str, struct: type[msgspec.Struct]) -> str:
    """Return a struct as a block of code: `send {room: id, text: string, reply_to?: id}`."""
    fields = [_field(field) for field in shapes.type_info(struct).fields]  # type: ignore[attr-defined]  # of a struct
    line = f"{name} {{{', '.join(fields)}}}"
    if len(line) > LINE_CHARS:
        line = "\n".join([f"{name} {{", *(f"  {field}" for field in fields), "}"])
    return f"```\n{line}\n```\n"


def request_block(name: str, _body: str) -> str:
    """Return what a client sends with an event."""
    return payload(name, protocol.REQUESTS[name])


def struct_block(name: str, _body: str) -> str:
    """Return one of the structs that answers hold."""
    return payload(name, getattr(protocol, name))


def _field(field: shapes.Field) -> str:
    return f"{field.encode_name}{'' if field.required else '?'}: {_notation(field.type)}{_default(field)}"


def _default(field: shapes.Field) -> str:
    return f" = {msgspec.json.encode(field.default).decode()}" if isinstance(field.default, int) else ""


def _notation(shape: shapes.Type) -> str:
    if isinstance(shape, shapes.UnionType):
        return " | ".join(_notation(one) for one in shape.types if not isinstance(one, shapes.CustomType))
    if isinstance(shape, shapes.LiteralType):
        return " | ".join(f'"{value}"' for value in shape.values)
    if isinstance(shape, shapes.ListType):
        return f"[{_notation(shape.item_type)}]{_at_most(shape.max_length)}"
    if isinstance(shape, shapes.DictType):
        return f"{{{_notation(shape.key_type)}: {_notation(shape.value_type)}}}{_at_most(shape.max_length)}"
    return _plain(shape)


def _plain(shape: shapes.Type) -> str:
    if isinstance(shape, shapes.IntType):
        return _whole_number(shape.ge, shape.le)
    if isinstance(shape, shapes.StrType):
        return shape.pattern or f"string{_at_most(shape.max_length)}"
    if isinstance(shape, shapes.StructType):
        return shape.cls.__name__
    return {shapes.BoolType: "bool", shapes.NoneType: "null"}.get(type(shape), "JSON")


def _whole_number(least: Any, most: Any) -> str:
    if least == 1 and most == MOST:
        return "id"
    return "count" if most in (None, MOST) else f"{least}..{most}"


def _at_most(length: int | None) -> str:
    return f"(≤ {length:,})" if length else ""
