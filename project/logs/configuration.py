"""Django's LOGGING setting."""

from typing import Any

FORMATTERS = {"line": "project.logs.formatters.LineFormatter", "json": "project.logs.formatters.JsonLineFormatter"}


def logging_settings(level: str, form: str) -> dict[str, Any]:
    """Return the setting: everything of this level and above to stderr, in one of the two forms."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {name: {"()": path} for name, path in FORMATTERS.items()},
        "filters": {
            "client_errors": {"()": "project.logs.client_errors.ClientErrors"},
            "request_id": {"()": "project.logs.request_ids.AddRequestId"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["client_errors", "request_id"]}
        },
        "root": {"handlers": ["console"], "level": level},
        # Django's own handlers mail the admins and stay silent without DEBUG: an error must be seen where the server runs.
        "loggers": {"django": {"handlers": [], "propagate": True}},
    }
