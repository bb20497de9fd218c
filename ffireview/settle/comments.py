"""Suppressions judged, and followed where they can be."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from itertools import accumulate

import msgspec

from ffireview.model.finding import Finding
from ffireview.model.place import Span
from ffireview.model.suppression import SUPPRESSIONS, Judged, Suppression
from ffireview.rules.catalogue import catalogue

_DATE = re.compile(r"until=(\d{4}-\d\d-\d\d)")
_SHOWN = 60


def followed(
    findings: tuple[Finding, ...], suppressions: tuple[Suppression, ...], today: date | None
) -> tuple[list[Finding], list[Judged]]:
    """The findings, those marked that a suppression in force answers, and what is to be said of each suppression."""
    judged = [_judged(one, today) for one in suppressions]
    reach = _Reach(one.suppression for one in judged if not one.faults and not one.expired)
    found = _found(findings)
    return [_marked(finding, reach) for finding in findings], [_with_unused(one, found) for one in judged]


def _judged(one: Suppression, today: date | None) -> Judged:
    faults = tuple(_faults(one))
    if faults or today is None:
        return Judged(one, faults)
    until = next((option.removeprefix("until=") for option in one.options), "")
    return Judged(one, expired=until if until and date.fromisoformat(until) < today else "")


def _faults(one: Suppression) -> Iterator[str]:
    if one.verb != "allow":
        yield f"`{one.verb[:_SHOWN]}` is not understood, `allow(rule) -- reason` is"
        return
    if not one.rules:
        yield "it names no rule"
    names = {flaw.rule.id: flaw.rule.group for flaw in catalogue()}
    for rule in one.rules:
        if rule not in names:
            near = get_close_matches(rule[:_SHOWN], names, 1)
            yield f"no rule `{rule[:_SHOWN]}`" + (f"; did you mean `{near[0]}`?" if near else "")
        elif names[rule] == SUPPRESSIONS:
            yield f"`{rule}` cannot be suppressed"
    if not one.reason:
        yield "it gives no reason: write ` -- why` behind the rule"
    for option in one.options:
        if not _is_date(option):
            yield f"`[{option[:_SHOWN]}]` is not understood, `[until=2027-01-31]` is"
    if len(one.options) > 1:
        yield "it has more than one date"


def _is_date(option: str) -> bool:
    found = _DATE.fullmatch(option)
    try:
        return found is not None and bool(date.fromisoformat(found[1]))
    except ValueError:
        return False


class _Reach:
    """Suppressions by rule and file, to find one that speaks for a line."""

    def __init__(self, suppressions: Iterator[Suppression]) -> None:
        rows: dict[tuple[str, str], list[Suppression]] = defaultdict(list)
        for one in sorted(suppressions, key=lambda s: (s.span.path, s.first, s.span)):
            for rule in set(one.rules) if one.first else ():
                rows[rule, one.span.path].append(one)
        self._firsts = {key: [one.first for one in group] for key, group in rows.items()}
        self._farthest = {key: list(accumulate(group, _farther)) for key, group in rows.items()}

    def over(self, rule: str, span: Span) -> Suppression | None:
        """One that speaks for the line where a place starts. Of those that begin above it, that which reaches farthest
        is one, if any is."""
        key = (rule, span.path)
        at = bisect_right(self._firsts.get(key, ()), span.line)
        found = self._farthest[key][at - 1] if at else None
        return found if found is not None and found.last >= span.line else None


def _farther(one: Suppression, other: Suppression) -> Suppression:
    return one if one.last > other.last else other


def _places(finding: Finding) -> list[Span]:
    """Where a comment may answer a finding: where it stands, and in C where its labels stand."""
    return [finding.span, *(label.span for label in finding.labels if not label.span.path.endswith(".rs"))]


def _marked(finding: Finding, reach: _Reach) -> Finding:
    answer = next((one for place in _places(finding) if (one := reach.over(finding.rule, place))), None)
    if answer is None:
        return finding
    return msgspec.structs.replace(finding, suppressed=answer.reason, suppressed_at=answer.span)


_Places = dict[tuple[str, str], list[Span]]


def _found(findings: tuple[Finding, ...]) -> _Places:
    """Where each rule finds something in each file, by line."""
    found: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for finding in findings:
        for place in _places(finding):
            found[finding.rule, place.path].add(place)
    return {key: sorted(places) for key, places in found.items()}


def _with_unused(judged: Judged, found: _Places) -> Judged:
    if judged.faults or judged.expired:
        return judged
    one = judged.suppression
    nearest = ((rule, _nearest(one, found.get((rule, one.span.path), []))) for rule in dict.fromkeys(one.rules))
    return Judged(one, unused=tuple((rule, near) for rule, near in nearest if near is None or not _speaks(one, near)))


def _nearest(one: Suppression, places: list[Span]) -> Span | None:
    """The first place that it speaks for or that stands behind, else the last before."""
    at = bisect_left(places, one.first, key=lambda span: span.line)
    return places[min(at, len(places) - 1)] if places else None


def _speaks(one: Suppression, place: Span) -> bool:
    return one.first <= place.line <= one.last
