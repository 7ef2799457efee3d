"""Creating rooms, their settings, and membership."""
