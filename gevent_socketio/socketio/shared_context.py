"""What the sessions of one server share."""

from gevent_socketio.interface import Application, Options
from gevent_socketio.socketio.packet_reader import PacketReader
from gevent_socketio.websocket.server_state import ServerState


class SharedContext:
    """The application, its options, and what is the same for every session."""

    __slots__ = ("_text_reader", "application", "options", "server_state", "single_namespaces")

    def __init__(self, application: Application, options: Options, server_state: ServerState) -> None:
        self.application = application
        self.options = options
        self.server_state = server_state
        # One tuple for all sessions that are connected to this namespace only, as most are: saves 64 bytes each.
        self.single_namespaces = {namespace: (namespace,) for namespace in options.namespaces}
        self._text_reader = PacketReader(options)

    def packet_reader(self) -> PacketReader:
        """Return a reader for a new session. Without attachments a reader keeps nothing, so that one serves all sessions."""
        return PacketReader(self.options) if self.options.attachments else self._text_reader
