"""Backups: one file that holds an installation as it was at one moment, made while the server runs, and brought back."""
