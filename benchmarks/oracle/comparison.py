"""One file, read by rustc and by ffireview: where the two differ, and what became of `unsafe` in macros."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from syntax_tree import Extent, Keyword, Place, Truth, UnparsableError, read_truth

from ffireview.extract.rust import extract_rust
from ffireview.model.facts import FileFacts, SiteFact, SiteKind

KINDS = (
    "unsafe-block", "unsafe-fn", "unsafe-impl", "unsafe-trait", "extern-block", "foreign-fn", "foreign-static",
    "foreign-type", "extern-fn", "static-mut", "union", "bridge-item",
)  # fmt: skip
ODDITIES = ("groundless", "twice", "other-end")
FATES = ("site", "site-from-tokens", "type", "attribute", "keyword-only", "nowhere")
"""What ffireview makes of an `unsafe` in a macro; the first four are structured."""

_FROM_TOKENS = "read from tokens"
_WITHOUT_BODY = (_FROM_TOKENS, "declaration")
_FUNCTIONS = frozenset({SiteKind.UNSAFE_FN, SiteKind.EXPORT, SiteKind.CALLBACK, SiteKind.NAKED_FN})
_SAYING_UNSAFE = _FUNCTIONS | {
    SiteKind.UNSAFE_BLOCK, SiteKind.UNSAFE_IMPL, SiteKind.UNSAFE_TRAIT, SiteKind.EXTERN_BLOCK, SiteKind.MACRO_KEYWORD,
}  # fmt: skip
_SAME = frozenset(KINDS) - {"unsafe-fn", "extern-fn", "static-mut"}
_TYPE = re.compile(r'unsafe\s*(?:<[^<>]*>\s*)?(?:extern\s*(?:r?#*"[^"]*"#*\s*)?)?fn\s*[(<]')
_ATTRIBUTE = re.compile(r"unsafe\s*\(")
_PAST_HEADER = re.compile(r"[{;]|\bunsafe\b")


class Difference(NamedTuple):
    """A place that only one side has (`missed`, `extra`), or that ends elsewhere (`end`)."""

    how: str
    kind: str
    extent: Extent
    text: str


class MacroKeyword(NamedTuple):
    """An `unsafe` among the tokens of a macro, and what ffireview made of it."""

    line: int
    column: int
    where: str
    fate: str
    text: str


class OddSite(NamedTuple):
    """A site in a macro with no `unsafe` token in rustc's view, with one that is taken, or with another end."""

    how: str
    kind: str
    line: int
    column: int
    text: str


class FileResult(NamedTuple):
    """What the comparison of a file says; only `unparsable` when rustc cannot read it."""

    path: str
    unparsable: str = ""
    truth: tuple[str, ...] = ()
    """The kind of each place by rustc."""
    ours: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    keywords: tuple[int, int] = (0, 0)
    """All `unsafe` keywords: by rustc, by ffireview."""
    in_macros: tuple[int, int] = (0, 0)
    claimed: int = 0
    """How many keywords ffireview itself counts as structured."""
    macro_keywords: tuple[MacroKeyword, ...] = ()
    odd: tuple[OddSite, ...] = ()


def compare_file(path: Path) -> FileResult:
    """Read a file both ways."""
    source = path.read_bytes()
    try:
        truth = read_truth(source)
    except UnparsableError as refused:
        return FileResult(str(path), str(refused))
    facts = extract_rust(source)
    text = FileText(source)
    ours = Counter(
        place
        for site in facts.sites
        if site.macro is None
        for place in places_of(site, (site.at.line, site.at.column, site.at.end_line, site.at.end_column))
    )
    return FileResult(
        str(path),
        truth=tuple(place.kind for place in truth.places),
        ours=tuple(place.kind for place in ours.elements()),
        differences=tuple(_differences(truth.places, ours, text)),
        keywords=(len(truth.keywords), facts.keywords),
        in_macros=(sum(k.where in ("macro", "matcher") for k in truth.keywords), facts.keywords_in_macros),
        claimed=facts.keywords_structured,
        macro_keywords=tuple(_macro_keywords(truth, facts, text)),
        odd=tuple(_odd_sites(truth, facts, text)),
    )


class FileText:
    """A file's characters by line and column; a byte order mark is no character, as in rustc."""

    def __init__(self, source: bytes) -> None:
        self.characters = source.decode("utf-8-sig")
        self._starts = [0, *(found.end() for found in re.finditer("\n", self.characters))]

    def offset(self, line: int, column: int) -> int:
        """The place of a character in the whole file."""
        return self._starts[line - 1] + column - 1

    def line(self, line: int) -> str:
        """A line's text without its indentation."""
        end = self._starts[line] if line < len(self._starts) else None
        return self.characters[self._starts[line - 1] : end].strip()


class AnySite(Protocol):
    """What a site of a file and one of a program have in common."""

    @property
    def kind(self) -> SiteKind: ...
    @property
    def detail(self) -> str: ...
    @property
    def unsafe(self) -> bool: ...


def places_of(site: AnySite, extent: Extent) -> Iterator[Place]:
    """What a site is in the words of the oracle; one that concerns none of them is nothing."""
    if site.kind in _SAME:
        yield Place(site.kind.value, extent)
    elif site.kind is SiteKind.STATIC_MUT or site.detail.startswith("static mut"):
        yield Place("static-mut", extent)
    elif site.kind in _FUNCTIONS and not site.detail.startswith("static"):
        if site.unsafe:
            yield Place("unsafe-fn", extent)
        if 'extern "' in site.detail:
            yield Place("extern-fn", extent)


def _differences(truth: frozenset[Place], ours: Counter[Place], text: FileText) -> Iterator[Difference]:
    """Compare by kind and start; a site that is reported twice is one extra."""
    wanted = {(place.kind, place.extent[:2]): place for place in truth}
    found = {(place.kind, place.extent[:2]): place for place in ours}
    for key in sorted(wanted.keys() | found.keys()):
        place = wanted.get(key) or found[key]
        shown = text.line(place.extent[0])
        if key not in found:
            yield Difference("missed", *place, shown)
        elif key not in wanted:
            yield Difference("extra", *place, shown)
        elif wanted[key] != found[key]:
            yield Difference("end", *found[key], f"rustc: to {place.extent[2]}:{place.extent[3]} | {shown}")
    for place, times in ours.items():
        if times > 1:
            yield Difference("extra", *place, f"reported {times} times | {text.line(place.extent[0])}")


def _macro_keywords(truth: Truth, facts: FileFacts, text: FileText) -> Iterator[MacroKeyword]:
    """What became of every keyword that rustc leaves among the tokens of a macro."""
    owned = _owned_keywords(facts, text)
    for keyword in sorted(truth.keywords):
        if keyword.where in ("macro", "matcher"):
            fate = _fate(keyword, owned, text)
            yield MacroKeyword(*keyword, fate, text.line(keyword.line))


def _fate(keyword: Keyword, owned: dict[int, SiteFact], text: FileText) -> str:
    at = text.offset(keyword.line, keyword.column)
    if _TYPE.match(text.characters, at):
        return "type"
    site = owned.get(at)
    if site is not None and site.kind is not SiteKind.MACRO_KEYWORD:
        return "site-from-tokens" if site.detail == _FROM_TOKENS else "site"
    if _ATTRIBUTE.match(text.characters, at) and text.characters[:at].rstrip().endswith(("[", ",")):
        return "attribute"
    return "nowhere" if site is None else "keyword-only"


def _owned_keywords(facts: FileFacts, text: FileText) -> dict[int, SiteFact]:
    """The site of every keyword that a site claims; a structured one goes before a bare keyword."""
    last = sorted(facts.sites, key=lambda site: site.kind is not SiteKind.MACRO_KEYWORD)
    return {at: site for site in last if (at := _keyword_of(site, text)) is not None}


def _keyword_of(site: SiteFact, text: FileText) -> int | None:
    """The `unsafe` of a site: the first word of a block, or a word in the header of an item."""
    found = _PAST_HEADER.search(text.characters, text.offset(site.at.line, site.at.column))
    return found.start() if found and found[0] == "unsafe" else None


def _odd_sites(truth: Truth, facts: FileFacts, text: FileText) -> Iterator[OddSite]:
    """Sites in macros that rustc's tokens do not bear out."""
    tokens = {text.offset(keyword.line, keyword.column) for keyword in truth.keywords}
    opens = {group[2:]: text.offset(*group[:2]) for group in truth.groups}
    seen: set[int | None] = set()
    for site in facts.sites:
        if site.macro is not None and site.unsafe and site.kind in _SAYING_UNSAFE:
            at = _keyword_of(site, text)
            if how := _oddity(site, at, tokens, seen, opens, text):
                yield OddSite(how, site.kind, site.at.line, site.at.column, text.line(site.at.line))
            seen.add(at)


def _oddity(
    site: SiteFact,
    at: int | None,
    tokens: set[int],
    seen: set[int | None],
    opens: dict[tuple[int, int], int],
    text: FileText,
) -> str:
    """Why rustc's tokens do not bear a site out: its keyword, or the group that it ends with."""
    if at is None or at not in tokens:
        return "groundless"
    if at in seen:
        return "twice"
    if site.kind is SiteKind.MACRO_KEYWORD or (site.kind in _FUNCTIONS and site.detail in _WITHOUT_BODY):
        return ""
    if text.characters[text.offset(site.at.end_line, site.at.end_column) - 1] == ";":
        return ""
    group = opens.get((site.at.end_line, site.at.end_column), -1)
    if group <= at:
        return "other-end"
    between = text.characters[at + len("unsafe") : group]
    return "other-end" if site.kind is SiteKind.UNSAFE_BLOCK and "{" in between else ""
