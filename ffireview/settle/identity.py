"""What tells one finding from another, from run to run: no line number, and no wording."""

import hashlib
import re
from collections import Counter

import msgspec

from ffireview.model.finding import Finding

_OPERAND = re.compile(r"`([^`]*)`|\b(\w*(?:_|::|\d)(?:::|\w)*)")


def identified(findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings, in their order, each with its id."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for finding in findings:
        key = (finding.rule, finding.site or finding.span.path, *operands(finding.message))
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        digest = hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()
        found.append(msgspec.structs.replace(finding, id=digest))
    return tuple(found)


def operands(message: str) -> tuple[str, ...]:
    """The code and the numbers that a message names: another version may word the rest differently."""
    return tuple(" ".join((quoted or plain).split()) for quoted, plain in _OPERAND.findall(message))
