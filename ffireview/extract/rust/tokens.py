"""Two lists of tokens that are one but for the names of locals. In: tokens, and the locals of both functions."""

from collections.abc import Sequence, Set


def same_but_renamed(
    before: Sequence[str], after: Sequence[str], locals_before: Set[str], locals_after: Set[str]
) -> dict[str, str] | None:
    """The new name of each renamed local, or None where the lists differ in more than that.

    A name counts as renamed when it is a local, every use became the same other name, the old one is no local any more
    and the new one was none: `p.add(i)` that becomes `p.add(j)`, both known before, is another thing."""
    if len(before) != len(after):
        return None
    names: dict[str, str] = {}
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new and old not in names:
            continue
        if old.startswith("'") and new.startswith("'") and len(old) > 1:
            fresh = True
        else:
            fresh = old in locals_before - locals_after and new in locals_after - locals_before
        if not fresh or _is_fixed(before, at) or _is_fixed(after, at) or names.setdefault(old, new) != new:
            return None
    return names if len(set(names.values())) == len(names) else None


def _is_fixed(words: Sequence[str], at: int) -> bool:
    """Whether a place holds a name that is no local whatever it is called: a field, a part of a path, a macro."""
    left = words[at - 1] if at else ""
    right = words[at + 1] if at + 1 < len(words) else ""
    return left in (".", "::") or right in ("::", "!")
