"""What is promised in words and attributes around unsafe code."""
