"""`manage.py make_owner`: another owner of the site, or the first one back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.actions.site_owners import make_site_owner
from chat.domain.errors import ChatError
from project.operate.person import find_person


class Command(BaseCommand):
    """Works whether the server runs or not."""

    help = "Give a person all permissions, as the site's first owner has them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="HANDLE")

    def handle(self, *args: Any, **options: Any) -> None:
        person = find_person(options["person"])
        try:
            is_new = make_site_owner(person.pk)
        except ChatError as error:
            raise CommandError(f"{person} is deactivated: activate the account first.") from error
        self.stdout.write(f"{person} is {'now' if is_new else 'already'} an owner of this site.")
