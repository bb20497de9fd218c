"""The boundary as the build makes it: generators' options, link flags, new `-sys` crates."""

from collections.abc import Iterator

from ffireview.compare.order import cause
from ffireview.compare.sides import Side, Sides
from ffireview.model.comparison import Cause, CauseKind
from ffireview.model.items import Setting, Tool
from ffireview.model.place import Span


def causes(sides: Sides) -> Iterator[tuple[str, Cause]]:
    """Causes for sites that name what a generator's option is about."""
    for before, after, text, about in _changes(sides):
        if about.isidentifier() and len(about) > 2:
            for site in sides.after.mentioning(about):
                yield site.id, cause(CauseKind.BUILD, text, before, after, 1)


def notes(sides: Sides) -> Iterator[Cause]:
    """Every change of the build's settings."""
    for before, after, text, _ in _changes(sides):
        yield cause(CauseKind.BUILD, text, before, after)


def _changes(sides: Sides) -> Iterator[tuple[Span | None, Span | None, str, str]]:
    """Both places, what changed, and what it is about."""
    for path in sides.paths:
        old, new = _options(sides.before, path), _options(sides.after, path)
        gone = [old[key] for key in sorted(old.keys() - new.keys())]
        for key in sorted(new.keys() - old.keys()):
            setting = new[key]
            partner = next((s for s in gone if (s.tool, s.name) == (setting.tool, setting.name)), None)
            where = Span.of(path, setting.at)
            if partner is not None:
                gone.remove(partner)
                text = f"{setting.tool} {setting.name} was {partner.value or 'unset'}, is {setting.value or 'set'}"
                yield Span.of(path, partner.at), where, text, setting.value
            else:
                yield None, where, f"{_label(setting)} is new", setting.value
        for setting in gone:
            yield Span.of(path, setting.at), None, f"{_label(setting)} is gone", setting.value


def _options(side: Side, path: str) -> dict[tuple[str, str, str], Setting]:
    """What shapes the boundary; lint levels and suppressions are guard rails."""
    found = (s for s in side.settings(path) if s.tool not in (Tool.LINT, Tool.FFIREVIEW))
    return {(s.tool, s.name, s.value): s for s in found}


def _label(setting: Setting) -> str:
    return f"{setting.tool} {setting.name} {setting.value}".rstrip()
