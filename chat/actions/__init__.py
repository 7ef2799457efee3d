"""What people can do. Each action checks permissions and limits, then changes the record or the live state."""
