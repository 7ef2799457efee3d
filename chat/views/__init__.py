"""The pages, one file each, and the few JSON endpoints they read."""
