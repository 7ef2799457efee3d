"""What all processes count together, for the administrator."""
