#!/usr/bin/env python
"""Django's door: migrations, users and the admin's commands."""

import os
import sys

from django.core.management import execute_from_command_line

from project.errors import one_line_errors

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    with one_line_errors():
        execute_from_command_line(sys.argv)
