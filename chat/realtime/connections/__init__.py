"""The sockets of this process."""
