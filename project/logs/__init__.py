"""What the server writes to its log: one line an event, and nothing in it that a stranger could forge or flood."""
