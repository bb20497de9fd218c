"""Bytes in, captures out: grammars, queries, repairs, macros read again, positions.

The one folder that knows tree-sitter; what leaves it are byte offsets, names and a person's ranges.
"""
