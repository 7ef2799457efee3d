"""Rules for display names and handles, and for texts that look alike."""
