#!/usr/bin/env python3
"""A ledger signed on one revision of a repository and laid on later ones: how many entries are in which state.

    python benchmarks/ledger/replay.py CLONE SIGNED LATER.. [--all] [--read STATE..] [--sample N]

Every site of the library areas is signed on SIGNED (with --all every site), in memory. --read prints the entries of
these states for a person to judge: which hashes differ, and what differs in the function around.
"""

import argparse
import difflib
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

from ffireview.audit.ledger import Hasher, audited, entry_of
from ffireview.flow import Codebase
from ffireview.model.ledger import Audited, AuditEntry, Kept, Ledger, State, Verdict
from ffireview.model.place import Problem, Range, Span
from ffireview.model.program import Area, Site
from ffireview.model.review import Review
from ffireview.model.snapshot import Snapshot
from ffireview.pipeline import review
from ffireview.sources.range import open_revision

TODAY = date(2026, 11, 21)
_HASHES = ("operation", "item", "contract", "peer", "context")


class Tree:
    """One revision: its review, and the lines of its files."""

    def __init__(self, clone: str, name: str) -> None:
        self.name = name
        self.snapshot: Snapshot = open_revision(clone, name)
        self.review: Review = review(self.snapshot)
        self.hasher = Hasher(self.review.program, self.snapshot)
        self._codebase = Codebase(self.review.program)
        self._lines: dict[str, list[str]] = {}

    def lines(self, span: Span) -> list[str]:
        """The lines of a place."""
        if span.path not in self._lines:
            source = self.snapshot.read(span.path)
            text = "" if isinstance(source, Problem) else source.decode("utf-8", "replace")
            self._lines[span.path] = text.split("\n")
        return self._lines[span.path][span.line - 1 : span.end_line]

    def function(self, site: Site) -> list[str]:
        """The lines of the function around a site, or of the site."""
        code = self._codebase.of_site(site)
        at = code.body.block.at if code is not None and code.body.block is not None else None
        if at is None or code is None:
            return self.lines(site.span)
        return self.lines(Span.of(site.span.path, Range(code.body.line, 1, at.end_line, at.end_column)))


def main() -> None:
    """Print a row for each later revision, and what is to be read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clone")
    parser.add_argument("signed")
    parser.add_argument("later", nargs="+")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--read", nargs="*", default=[], choices=[state.value for state in State])
    parser.add_argument("--sample", type=int, default=0, help="of each state, so many; 0: all")
    options = parser.parse_args()
    old = Tree(options.clone, options.signed)
    entries = signed(old, every=options.all)
    ledger = Ledger(tuple(Kept(f"{entry.site}.toml", entry) for entry in entries))
    for name in options.later:
        new = Tree(options.clone, name)
        found = audited(ledger, new.review, new.hasher, TODAY)
        counts = Counter(one.state for one in found)
        print(f"{name}: {len(found)} entries, " + ", ".join(f"{counts[s]} {s}" for s in reversed(State) if counts[s]))
        every = Counter(state for one in found for state in one.states)
        print(
            "  all states, not the gravest alone: " + ", ".join(f"{every[s]} {s}" for s in reversed(State) if every[s])
        )
        for state in options.read:
            group = [one for one in found if one.state == state]
            if options.sample:
                group = random.Random(1).sample(group, min(options.sample, len(group)))
            for one in group:
                print("\n".join(told(one, old, new)))


def signed(tree: Tree, *, every: bool) -> list[AuditEntry]:
    """An entry for each site."""
    sites = [site for site in tree.review.program.sites if every or site.area is Area.LIBRARY]
    return [entry_of(site, tree.hasher, Verdict.SOUND, "J <j@example.org>", "2026-11-21", tool="") for site in sites]


def told(one: Audited, old: Tree, new: Tree) -> Iterator[str]:
    """One entry for a person to judge."""
    before = next(site for site in old.review.program.sites if site.id == one.entry.site)
    after = next((site for site in new.review.program.sites if site.id == one.site), None)
    yield f"\n=== {', '.join(one.states)}: {before.kind} {before.owner}::{before.name} {before.span}"
    if after is None:
        yield from (f"  - {line}" for line in old.lines(before.span)[:20])
        return
    hashes = new.hasher.hashes(after)
    differing = [name for name in _HASHES if getattr(hashes, name) != getattr(one.entry.hashes, name)]
    yield f"    now {after.owner}::{after.name} {after.span}  differs: {', '.join(differing) or 'nothing'}"
    if "operation" in differing:
        yield from _diff(old.lines(before.span), new.lines(after.span))
    elif "item" in differing:
        yield from _diff(old.function(before), new.function(after))
    then, now = old.hasher.rows(before), new.hasher.rows(after)
    for name in ("contract", "peer", "context"):
        if name in differing:
            yield from _diff(_spaced(then[name]), _spaced(now[name]))


def _spaced(rows: list[str]) -> list[str]:
    return [row.replace("\0", " ") for row in rows]


def _diff(before: list[str], after: list[str]) -> list[str]:
    return [f"    {row}" for row in difflib.unified_diff(before, after, lineterm="", n=2)][2:60]


if __name__ == "__main__":
    main()
