"""Builds the files for browsers beforehand, as a start would; see STATIC_DIR."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from project.assets.build import build


class Command(BaseCommand):
    """`make build`."""

    help = "Build the files for browsers, so that the server needs no writable code folder."

    def handle(self, *args: Any, **options: Any) -> None:
        build()
        self.stdout.write(f"The files for browsers are in {settings.STATIC_ROOT}")
