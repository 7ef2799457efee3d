"""Moves the record from one database to another: `manage.py move`."""
