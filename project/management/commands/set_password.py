"""`manage.py set_password`: a way back in for a person who lost their password."""

import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.auth.lost_password import generate_password, one_time_link, set_password
from project.operate.person import find_person


class Command(BaseCommand):
    """Works whether the server runs or not; where it runs, the person's open connections close."""

    help = "Set a person's lost password: asks for it, or generates one, or prints a one-time link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="HANDLE_OR_EMAIL")
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--generate", action="store_true", help="print a generated password")
        ways.add_argument(
            "--link", action="store_true", help="print a link by which they choose one themselves; changes nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        person = find_person(options["person"])
        if options["link"]:
            self.stdout.write(f"{person} can choose a new password here, once, within three days: {one_time_link(person)}")
            return
        password = generate_password() if options["generate"] else _ask()
        try:
            ended = set_password(person, password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{person} has a new password{f': {password}' if options['generate'] else '.'}")
        self.stdout.write(f"Sessions ended: {ended}.")
        if not person.is_active:
            self.stdout.write("The account is deactivated: activate it in the admin before they can log in.")


def _ask() -> str:
    if not sys.stdin.isatty():
        raise CommandError("There is no terminal to ask for a password: use --generate or --link.")
    password = getpass("New password: ")
    if getpass("The same again: ") != password:
        raise CommandError("The two passwords differ.")
    return password
