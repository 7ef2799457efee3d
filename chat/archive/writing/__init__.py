"""Writes messages, mentions and replies to the archive in one transaction."""
