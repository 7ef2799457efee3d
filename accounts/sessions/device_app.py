"""allauth's list of sessions as an app, without its receivers."""

from allauth.usersessions.apps import UserSessionsConfig


class DeviceApp(UserSessionsConfig):
    """At each login allauth looks up every session of the person, by three queries each; `devices` keeps the list instead."""

    def ready(self) -> None:
        """Connect nothing."""
