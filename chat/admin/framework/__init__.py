"""What the admin screens share: forms, filters, long lists and tables."""
