"""Keeps the archive small, and measures it."""
