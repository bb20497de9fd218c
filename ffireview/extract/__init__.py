"""Bytes of one file in, its facts out: a pure function, so it can be cached and spread.

`rust` and `c` hold a language each; `assembly` finds labels; `prefilter` says what is worth a parse.
"""
