"""Declarations that the other language reads in another way."""
