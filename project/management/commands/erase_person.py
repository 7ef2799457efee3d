"""`manage.py erase_person`: an account that is to be forgotten."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.actions.person_data.erasing import begin_erasure, continue_erasures
from chat.domain.errors import ChatError, Code
from chat.live.live_state import live_state
from project.operate.live_access import live_redis
from project.operate.person import find_person


class Command(BaseCommand):
    """Works beside a running server, and without one; what was stopped is finished by the next run, or by the server."""

    help = "Erase a person's account; their messages stay as those of a deleted account, or are deleted with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="HANDLE")
        parser.add_argument("--messages", choices=["keep", "delete"], default="keep", help="what becomes of their messages")

    def handle(self, *args: Any, **options: Any) -> None:
        person = find_person(options["person"])
        with live_redis() as server_runs:
            try:
                begin_erasure(person.pk, options["messages"] == "delete")
                continue_erasures()
                if not server_runs:
                    _await_log()
            except ChatError as error:
                unfinished = error.code is Code.UNAVAILABLE
                raise CommandError(f"{error}{' Run this again when Redis answers.' if unfinished else ''}") from error
        self.stdout.write(f"Erased. Number {person.pk} is a deleted account now.")
        self.stdout.write("Backups made before today still hold this person: delete those, or erase again after restoring one.")


def _await_log() -> None:
    """Our own Redis stops with this command, and would not finish."""
    while live_state().erasing.is_rewriting():
        time.sleep(0.05)
