"""Socket.IO v5: packets and sessions."""
