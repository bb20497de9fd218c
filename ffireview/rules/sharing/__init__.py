"""What threads and callers may do with a value at the same time."""
