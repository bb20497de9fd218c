"""A program in, findings out. One flaw is one module in a group's folder; the folders are the catalogue.

A module has a docstring (title, `What:`, `Why:`, `Instead:`), what is told of the rule as constants, `BAD` and `GOOD`
fragments, and `check(codebase) -> Iterator[Hit]`. Rules do not know one another.
"""

from ffireview.rules.catalogue import Flaw, catalogue, rule
from ffireview.rules.run import findings

__all__ = ["Flaw", "catalogue", "findings", "rule"]
