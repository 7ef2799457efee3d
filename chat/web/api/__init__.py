"""Endpoints that answer JSON."""
