"""Runs a program in a server's environment, beside it: on the same record and the same live rooms."""

import subprocess
import sys

from tests.support.live_server import ROOT, ServerProcess

_START = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
import django
django.setup()
"""


def run_beside(server: ServerProcess, program: str, *arguments: object, before: str = "") -> str:
    """Return what the program printed; `before` runs before anything is imported."""
    command = [sys.executable, "-c", before + _START + program, *map(str, arguments)]
    run = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout
