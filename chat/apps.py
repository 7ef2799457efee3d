"""Chat: rooms, messages and who is in them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class ChatConfig(AppConfig):
    name = "chat"
    verbose_name = gettext_lazy("Chat")

    def ready(self) -> None:
        from chat.accounts_signals import connect_signals
        from chat.live.redis.ownership import identify_by
        from chat.models import Installation
        from chat.moderators_group import update_moderators_group

        connect_signals()
        identify_by(Installation.objects.identity)
        post_migrate.connect(update_moderators_group, sender=self, dispatch_uid="chat.moderators_group")
