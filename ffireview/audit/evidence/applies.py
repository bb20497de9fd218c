"""Whether a question makes sense for a site: by the signatures of what it calls, or by its own header.

Where the text does not tell, it does.
"""

import re
from collections.abc import Callable, Iterator

from ffireview.audit.evidence.look import FOREIGN, Look, is_integer
from ffireview.model.facts import Signature, SiteKind

_TEXT = re.compile(r"\*\s*(?:const|mut)\s+(?:\w+::)*(?:c_char|i8|u8)\b|\bchar\s*\*")
_FUNCTION = re.compile(r"\bfn\s*\(|\(\s*\*|Option<|_(?:fn|cb|callback|func)\b|Fn\b")
_NOTHING = ("", "()", "void", "!")
_THREADS = re.compile(r"\b(?:Send|Sync)\b")


def _signatures(look: Look) -> list[Signature]:
    """Of what the operations call, else of the symbol that the site is; the Rust declaration before C's."""
    called = {operation.name for operation in look.operations if operation.id == FOREIGN}
    wanted = [crossing for crossing in look.crossings if not called or crossing.symbol in called]
    rows = (next((a.signature for a in (*c.rust, *c.foreign) if a.signature), None) for c in wanted)
    return [row for row in rows if row is not None]


def _parameters(look: Look) -> Iterator[str]:
    return (parameter.type for signature in _signatures(look) for parameter in signature.parameters)


def _any(look: Look, found: Iterator[bool]) -> bool:
    return not _signatures(look) or any(found)


CONDITIONS: dict[str, Callable[[Look], bool]] = {
    "takes-pointer": lambda look: _any(look, ("*" in one or _FUNCTION.search(one) is not None or "&" in one
                                              for one in _parameters(look))),
    "takes-number": lambda look: _any(look, (is_integer(one) for one in _parameters(look))),
    "takes-text": lambda look: _any(look, (_TEXT.search(one) is not None for one in _parameters(look))),
    "returns": lambda look: _any(look, (one.returns.strip() not in _NOTHING for one in _signatures(look))),
    "returns-pointer": lambda look: _any(look, ("*" in s.returns or "&" in s.returns or "Option<" in s.returns
                                                for s in _signatures(look))),
    "declared-here": lambda look: any(crossing.rust for crossing in look.crossings),
    "threads": lambda look: look.site.kind is not SiteKind.UNSAFE_IMPL or _THREADS.search(look.site.name) is not None,
    "not-threads": lambda look: look.site.kind is not SiteKind.UNSAFE_IMPL or not _THREADS.search(look.site.name),
}  # fmt: skip
"""What a question's `when` may name."""
