"""Sanctions, reports, word rules and the moderation log."""
