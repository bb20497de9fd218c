"""A site and the name of a fact in, what the text shows of it out: evidence with its place, and no answer.

`values` asks about the pointers and numbers of operations, `runs` about what happens around them, `foreign` about C,
`site` about the site itself. A name in a question's `found` is a name in `FACTS`, one in its `when` in `CONDITIONS`.
"""

from ffireview.audit.evidence import foreign, runs, site, values
from ffireview.audit.evidence.applies import CONDITIONS
from ffireview.audit.evidence.look import Fact, Look

__all__ = ["CONDITIONS", "FACTS", "Fact", "Look"]

FACTS: dict[str, Fact] = {**values.FACTS, **runs.FACTS, **foreign.FACTS, **site.FACTS}
"""Every fact that a question can be filled in with, by name."""
