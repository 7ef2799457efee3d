"""A room's live log and what changes its messages."""
