"""`manage.py fill_demo`: people and rooms for an empty installation."""

from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from project.demo.filling import fill
from project.demo.people import PASSWORD, PEOPLE
from project.server.instance_lock import InstanceLock
from project.server.migrate import migrate
from project.server.redis.embedded import EmbeddedRedis


class Command(BaseCommand):
    """Fills an installation that nobody uses yet, while its server does not run."""

    help = "Make a few people and rooms to look at. Only for an empty installation."

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as running:
            if settings.EMBEDDED_REDIS:
                running.enter_context(InstanceLock(settings.DATA_DIR))
                redis = EmbeddedRedis(settings.DATA_DIR)
                redis.start()
                running.callback(redis.stop)
            migrate()
            if User.objects.exists():
                raise CommandError("There are people here already.")
            fill()
        handles = ", ".join(PEOPLE)
        self.stdout.write(f'Log in as one of {handles} (@demo.example) with the password "{PASSWORD}". Ada may open /admin/.')
