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
        came = [new[key] for key in sorted(new.keys() - old.keys())]
        for setting in came:
            partner = _partner(setting, gone, came)
            where = Span.of(path, setting.at)
            if partner is not None:
                gone.remove(partner)
                text = f"{setting.tool} {setting.name} was {partner.value or 'unset'}, is {setting.value or 'set'}"
                yield Span.of(path, partner.at), where, text, setting.value
            else:
                yield None, where, f"{_label(setting)} is new", setting.value
        for setting in gone:
            yield Span.of(path, setting.at), None, f"{_label(setting)} is gone", setting.value


def _partner(setting: Setting, gone: list[Setting], came: list[Setting]) -> Setting | None:
    """The older value of an option: of one that takes a name and a value the one of this name; of others, the only one
    that went where only this one came."""
    before = [one for one in gone if _subject(one) == _subject(setting)]
    after = [one for one in came if _subject(one) == _subject(setting)]
    return before[0] if len(before) == 1 and len(after) == 1 else None


def _subject(setting: Setting) -> tuple[str, str, str]:
    name, comma, _ = setting.value.partition(",")
    return setting.tool, setting.name, name if comma else ""


def _options(side: Side, path: str) -> dict[tuple[str, str, str], Setting]:
    """What shapes the boundary; lint levels and suppressions are guard rails."""
    found = (s for s in side.settings(path) if s.tool not in (Tool.LINT, Tool.FFIREVIEW))
    return {(s.tool, s.name, s.value): s for s in found}


def _label(setting: Setting) -> str:
    return f"{setting.tool} {setting.name} {setting.value}".rstrip()
