"""HTTP before Django: sockets, heads, bodies and the order of pages."""
