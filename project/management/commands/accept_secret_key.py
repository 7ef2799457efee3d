"""`manage.py accept_secret_key`: the installation goes on with another SECRET_KEY."""

from typing import Any

from django.core.management.base import BaseCommand

from project.server.installation import accept_key


class Command(BaseCommand):
    """For keys that were lost; one that is still known is replaced more gently by SECRET_KEY_FALLBACKS."""

    help = "Let processes start with this SECRET_KEY from now on. Sessions and links that the old one signed end."

    def handle(self, *args: Any, **options: Any) -> None:
        """Note the key's fingerprint."""
        accept_key(replaces_any=True)
        self.stdout.write("All processes need this SECRET_KEY now: set it for each of them and restart them.")
