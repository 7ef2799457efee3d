"""Damaged bytes, thrown at the transport."""

import os

# The words of errors are Django's to translate, also where there is no server.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
