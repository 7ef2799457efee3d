"""Pages that answer HTML."""
