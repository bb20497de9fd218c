"""A function's body in, answers about its values out."""
