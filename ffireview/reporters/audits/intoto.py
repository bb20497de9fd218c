"""A ledger as an in-toto statement about a commit: to be wrapped and signed by whoever keeps keys."""

import json

import msgspec

from ffireview import __version__
from ffireview.model.ledger import Audited
from ffireview.reporters.styled import harmless

NAME = "in-toto"
PREDICATE = "urn:ffireview:audits:1"


def render(subject: str, commit: str, entries: tuple[Audited, ...]) -> str:
    """All entries with their states: the statement says what the ledger says, what is stale included."""
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": harmless(subject), "digest": {"gitCommit": commit}}],
        "predicateType": PREDICATE,
        "predicate": {
            "tool": {"name": "ffireview", "version": __version__},
            "entries": [msgspec.to_builtins(one) for one in entries],
        },
    }
    return json.dumps(statement, indent=1, ensure_ascii=True) + "\n"
