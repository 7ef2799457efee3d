"""`manage.py reset_second_factor`: a way back in for a person who lost their device and their recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.second_factor.reset import reset_factors
from project.operate.person import find_person


class Command(BaseCommand):
    """Works whether the server runs or not."""

    help = "Remove a person's second factor: the password is enough to log in then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="HANDLE")

    def handle(self, *args: Any, **options: Any) -> None:
        person = find_person(options["person"])
        had_one = reset_factors(person, "command")
        self.stdout.write(f"{person} has no second factor {'any more' if had_one else 'to remove'}.")
