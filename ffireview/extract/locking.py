"""Locks in the style of C: a call that takes one, and the last call behind it that gives it back."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from ffireview.model.items import Lock
from ffireview.model.place import Range

_TAIL = r"(?:_(?:irq|irqsave|irqrestore|bh|nested|interruptible|killable|io|shared|exclusive|rcu|raw|noprof))*"
_LOCK = re.compile(rf"(?P<family>(?:\w+_)?)(?P<undo>un|try)?lock{_TAIL}")
_CAMEL = re.compile(r"(?P<family>(?:\w*?[a-z\d_])?)(?:(?P<undo>Un|Try)[Ll]|L)ock(?:Mutex|Shared|Exclusive)?")
_PAIRS = {
    "down": ("down", False), "down_interruptible": ("down", False), "down_killable": ("down", False),
    "down_trylock": ("down", False), "up": ("down", True),
    "down_read": ("down_read", False), "down_write": ("down_write", False),
    "up_read": ("down_read", True), "up_write": ("down_write", True),
    "local_irq_save": ("local_irq", False), "local_irq_disable": ("local_irq", False),
    "local_irq_restore": ("local_irq", True), "local_irq_enable": ("local_irq", True),
    "preempt_disable": ("preempt", False), "preempt_enable": ("preempt", True),
    "EnterCriticalSection": ("critical", False), "LeaveCriticalSection": ("critical", True),
    "AcquireSRWLockExclusive": ("srw", False), "ReleaseSRWLockExclusive": ("srw", True),
    "AcquireSRWLockShared": ("srw", False), "ReleaseSRWLockShared": ("srw", True),
}  # fmt: skip
_NO_LOCKS = re.compile(r"(?:\w*_)?(?:block|clock|init_lock|is_lock|alloc_lock|free_lock|get_clock)")


class Text(Protocol):
    """A file of either language."""

    def at(self, start: int, end: int) -> Range:
        """A person's range."""
        ...

    def spelled(self, start: int, end: int) -> str:
        """A stretch in one line."""
        ...


class Event(NamedTuple):
    """A call that takes a lock or gives one back: the two that belong together share `family` and `what`."""

    name: str
    family: str
    gives_back: bool
    what: str
    start: int
    end: int


def event(name: str, what: str, start: int, end: int) -> Event | None:
    """The event that a call of this name is, if any; `what` is its first argument."""
    if name in _PAIRS:
        family, gives_back = _PAIRS[name]
        return Event(name, family, gives_back, _lock_of(family, what), start, end)
    found = _LOCK.fullmatch(name) or _CAMEL.fullmatch(name)
    if found is None or _NO_LOCKS.fullmatch(name):
        return None
    family = found["family"].lower()
    return Event(name, family, (found["undo"] or "").lower() == "un", what, start, end)


def held(
    text: Text, events: Iterable[Event], body_end: Callable[[int], int], *, open_ended: bool = True
) -> Iterator[tuple[int, Lock]]:
    """Every lock that is taken; it reaches to the last call that gives it back before it is taken again, or, where
    none does, to the end of the function (or is left out when not `open_ended`)."""
    alike: dict[tuple[str, str], list[Event]] = {}
    for one in sorted(events, key=lambda e: e.start):
        alike.setdefault((one.family, one.what), []).append(one)
    for group in alike.values():
        for index, taken in enumerate(group):
            limit = body_end(taken.start)
            end = -1 if taken.gives_back else _given_back(group, index, limit)
            if not taken.gives_back and (end >= 0 or open_ended):
                at, scope = text.at(taken.start, taken.end), text.at(taken.start, end if end >= 0 else limit)
                yield taken.start, Lock(text.spelled(taken.start, taken.end), taken.name, taken.what, "", at, scope)


def _given_back(group: list[Event], index: int, limit: int) -> int:
    """The end of the last call that gives a lock back before it is taken again; -1 when none does."""
    end, at = -1, index + 1
    while at < len(group) and group[at].start < limit and group[at].gives_back:
        end, at = group[at].end, at + 1
    return end


def _lock_of(family: str, what: str) -> str:
    """What is locked; the argument of the calls that switch off interrupts is where they keep the flags."""
    return "" if family in ("local_irq", "preempt") else what
