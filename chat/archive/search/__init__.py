"""Search in the archive: one notion of words and terms, two databases that index them."""
