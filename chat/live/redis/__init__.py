"""Connections, pipelining, scripts, publish and subscribe, and the names of all keys."""
