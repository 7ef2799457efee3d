"""Chat: rooms, messages and who is in them."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from chat.accounts_signals import connect_signals

        connect_signals()
