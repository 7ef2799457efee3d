"""The project's settings over a data folder of the test run's own, so that no test touches a person's rooms."""

import atexit
import os
import shutil
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="parley-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
_FOREIGN = "DATABASE_URL REDIS_URL REDIS_PREFIX SECRET_KEY PUBLIC_URL ALLOWED_HOSTS EMAIL_URL SIGNUP DEBUG HOST PORT"
for name in _FOREIGN.split():
    os.environ.pop(name, None)

# Many tests do in a second what no person does in an hour; those of the limits put them back.
os.environ["LIMITS"] = "off"
os.environ["NEWCOMER_MINUTES"] = "0"

from project.settings import *  # noqa: E402, F403

# Said aloud because pytest-xdist's workers would else make a file's name of it, which only Django's own backend is spared.
DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405

# What the first page of a session writes about its device, no later page does; tests count queries on first pages.
MIDDLEWARE.remove("accounts.sessions.device_middleware.note_devices")  # noqa: F405

# No test of pages needs the files that they name.
STATIC_ROOT = None
