"""What is kept of one person: erased, or handed to them. For commands and pages alike."""
