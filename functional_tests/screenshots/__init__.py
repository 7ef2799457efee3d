"""`make screenshots`: pictures of every screen, from what the demo holds."""
