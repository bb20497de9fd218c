"""Entries that people signed, and what of them holds in a tree.

`file` reads and writes an entry. `hashes` tells what a site is made of, part by part, `context` what it relies on.
`successors` finds the sites of entries, `states` compares. `entries` makes one. `policy` says which sites lack a
signature. `answers` reads what a person filled in.
"""

from ffireview.audit.ledger.answers import Filled, read_answers
from ffireview.audit.ledger.entries import confirmed, entry_of
from ffireview.audit.ledger.file import FOLDER, file_name, read_ledger, write_entry
from ffireview.audit.ledger.hashes import Hasher
from ffireview.audit.ledger.policy import Policy, read_policy, shortfalls
from ffireview.audit.ledger.states import audited

__all__ = [
    "FOLDER", "Filled", "Hasher", "Policy", "audited", "confirmed", "entry_of", "file_name", "read_answers",
    "read_ledger", "read_policy", "shortfalls", "write_entry",
]  # fmt: skip
