"""The types that all request handlers share."""

from collections.abc import Callable
from typing import Any

from chat.domain.protocol import Request
from chat.realtime.connections.connection import Connection

# What an acknowledgement holds beside `ok`.
Answer = dict[str, Any]
# Takes the connection and its request; raises ChatError. One per class of request.
Handler = Callable[[Connection, Any], Answer]
Handlers = dict[type[Request], Handler]
