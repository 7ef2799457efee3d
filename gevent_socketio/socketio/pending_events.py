"""Events that are handed to the application together."""

from gevent_socketio.interface import Event


class PendingEvents:
    """Consecutive events of one namespace. Any other packet ends them, so that the application sees the client's order."""

    __slots__ = ("events", "namespace")

    def __init__(self, namespace: str, event: Event) -> None:
        self.namespace = namespace
        self.events = [event]

    def add(self, namespace: str, event: Event) -> bool:
        """Add the next event; False if it is another namespace's."""
        if namespace != self.namespace:
            return False
        self.events.append(event)
        return True
