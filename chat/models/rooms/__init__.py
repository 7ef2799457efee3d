"""Tables of rooms and their members."""
