"""The command line: arguments in, text on stdout, everything else on stderr, and an exit code."""

from ffireview.cli.root import main

__all__ = ["main"]
