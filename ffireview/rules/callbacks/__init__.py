"""Code that C calls: what it is given, and how it may leave."""
