"""Reads and checks the environment variables that project.settings names."""
