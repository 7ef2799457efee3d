"""Builds the files for browsers."""
