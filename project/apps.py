"""The composition of Parley as a Django app: it brings the system checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "project"

    def ready(self) -> None:
        from project import checks  # noqa: F401 (registers itself, once all apps are there)
