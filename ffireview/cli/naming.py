"""What a person calls a site, to the site."""

from collections.abc import Sequence

from ffireview.cli.failures import USAGE, Failure
from ffireview.model.program import Site

_SIMILAR = 12
_LEAST = 4
"""So many characters of an id are enough."""


def find_site(sites: Sequence[Site], wanted: str) -> Site:
    """The one site of an id (its start will do), a place such as src/lib.rs:40, or a function or symbol name."""
    path, _, line = wanted.rpartition(":")
    matching = [s for s in sites if s.id == wanted]
    if not matching and line.isdigit():
        at = int(line)
        around = [s for s in sites if s.span.path == path and s.span.line <= at <= s.span.end_line]
        matching = sorted(around, key=lambda s: s.span.end_line - s.span.line)[:1]
    if not matching:
        matching = [s for s in sites if s.id.startswith(wanted)] if len(wanted) >= _LEAST else []
    if not matching:
        matching = [s for s in sites if wanted in (s.name, s.symbol, s.enclosing) or _path(s).endswith(wanted)]
    if not matching:
        raise Failure(f"no site {wanted!r}; `ffireview scan` lists them", USAGE)
    if len(matching) > 1:
        listed = "\n".join(f"  {s.id}  {s.span}  {s.kind} {s.name}" for s in matching[:_SIMILAR])
        raise Failure(f"{len(matching)} sites match {wanted!r}; name one:\n{listed}", USAGE)
    return matching[0]


def _path(site: Site) -> str:
    """The owner path as a person types it: `Store::compact`."""
    parts = [part.removeprefix("impl ").rsplit(" for ", 1)[-1] for part in site.owner.split("::")]
    return "::".join([*parts, site.name] if site.name else parts)
