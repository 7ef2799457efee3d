"""`manage.py export_person`: everything that is kept of a person, in one zip."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chat.actions.person_data.exporting import person_parts
from project.operate.exporting import export
from project.operate.person import find_person


class Command(BaseCommand):
    """Works beside a running server, and without one."""

    help = "Write a person's profile, memberships, messages, reactions, reports and sessions into a zip."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="HANDLE")
        parser.add_argument("to", type=Path, metavar="TO", help="the zip to write; only its owner can read it")

    def handle(self, *args: Any, **options: Any) -> None:
        person = find_person(options["person"])
        export(options["to"], person_parts(person))
        self.stdout.write(f"{person} is in {options['to']}")
