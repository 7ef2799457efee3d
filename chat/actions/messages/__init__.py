"""Sending, reading, searching and amending messages."""
