"""Measures a real server from outside, over the wire that browsers use."""
