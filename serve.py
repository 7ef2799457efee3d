from gevent import monkey; monkey.patch_all()  # fmt: skip  # noqa: E702  before anything that imports socket, ssl or threading

import os

import django

from project.server.errors import one_line_errors
from project.logs.line_output import write_by_lines
from project.private_files import keep_private

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    keep_private()
    write_by_lines()
    with one_line_errors():
        django.setup()
        from project.server.main import serve

        serve()
