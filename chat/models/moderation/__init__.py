"""Tables of reports, sanctions and the moderation log."""
