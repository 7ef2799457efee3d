"""`manage.py export_room`: all messages of a room, in one zip."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.actions.rooms.room_export import room_parts
from chat.models import Room
from project.operate.exporting import export


class Command(BaseCommand):
    """Works beside a running server, and without one."""

    help = "Write a room's messages, as they now stand, into a zip: as JSON, a message a line, and as a page to read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("room", metavar="SLUG", help="as in the room's address")
        parser.add_argument("to", type=Path, metavar="TO", help="the zip to write; only its owner can read it")

    def handle(self, *args: Any, **options: Any) -> None:
        room = Room.objects.filter(slug=options["room"]).first()
        if room is None:
            raise CommandError(f'No room has the address "{options["room"]}".')
        export(options["to"], room_parts(room))
        self.stdout.write(f"{room} is in {options['to']}")
