"""What `make demo` shows: a small radio station that talks. The people, their rooms and their words are always the same."""
