#!/usr/bin/env python
"""Django's door: migrations, users and the admin's commands."""

import os
import sys

from django.core.management import execute_from_command_line

from project.logs.line_output import write_by_lines
from project.private_files import keep_private
from project.server.errors import one_line_errors

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    keep_private()
    write_by_lines()
    with one_line_errors():
        from project.operate.command_line import left_to_its_owner, named_installation

        with left_to_its_owner(), named_installation():
            execute_from_command_line(sys.argv)
