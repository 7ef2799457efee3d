"""Accounts: who people are."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = gettext_lazy("Accounts")

    def ready(self) -> None:
        from accounts.auth import login_log
        from accounts.auth.rate_limits import forget_the_future, hash_addresses
        from accounts.sessions.watch import watch
        from accounts.your_account import deletion

        watch()
        login_log.watch()
        deletion.watch()
        forget_the_future()
        hash_addresses()
