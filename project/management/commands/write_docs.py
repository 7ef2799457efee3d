"""Writes the derived parts of the documents again."""

from typing import Any

from django.core.management.base import BaseCommand

from project.documents.documents import as_derived, documents, undescribed


class Command(BaseCommand):
    """`manage.py write_docs`."""

    help = "Write the tables in the documents again from the code, and list what no document describes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what has changed."""
        for path in documents():
            text = as_derived(path)
            if text != path.read_text():
                path.write_text(text)
                self.stdout.write(f"written: {path}")
        for lacking in undescribed():
            self.stdout.write(f"no document describes {lacking}")
