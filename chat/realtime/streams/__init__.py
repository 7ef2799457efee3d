"""What comes in order: each message and amendment of a room once, none left out."""
