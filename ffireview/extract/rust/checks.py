"""What Rust code makes sure of: conditions, assertions, early returns, checked arithmetic."""

import re
from collections.abc import Iterator

from ffireview.extract.conditions import leaves, question
from ffireview.extract.intervals import Cover, Nest
from ffireview.extract.rust.contents import Contents
from ffireview.extract.rust.reading import Invocation
from ffireview.extract.rust.view import RustView
from ffireview.model.items import Check, CheckKind
from ffireview.syntax.brackets import parts
from ffireview.syntax.captures import Piece
from ffireview.syntax.tokens import RUST_TOKEN, listed

_CONDITIONS = {"if": "if", "while": "while", "filter": "match"}
_ASSERT = re.compile(r"(debug_)?(?:(?:static_|const_|build_)?assert(_eq|_ne)?|build_assert)")
_CALLS = (
    (re.compile(r"is_null"), CheckKind.NULL),
    (re.compile(r"(?:checked|saturating|overflowing)_\w+"), CheckKind.CHECKED),
    (re.compile(r"try_(?:into|from)"), CheckKind.CHECKED),
    (re.compile(r"catch_unwind"), CheckKind.CATCH),
)
_ASKS_FOR_NULL = (CheckKind.NULL, CheckKind.ASSERT, CheckKind.DEBUG_ASSERT)
"""A call that asks for null inside one of these is no check of its own."""
_NON_NULL = re.compile(r"(?:^|::)NonNull(?:::<.*>)?::new$")


def checks(view: RustView, bodies: Contents) -> Iterator[tuple[int, Check]]:
    """Every check with its place, in no order."""
    asked = [*_conditions(view, bodies), *_asserts(view)]
    yield from ((piece[0], check) for piece, check in asked)
    yield from _calls(view, Cover(piece for piece, check in asked if check.kind in _ASKS_FOR_NULL))
    yield from _returns(view, bodies)
    for row in bodies.of("try"):
        yield row["try"].start, _check(view, CheckKind.TRY, row["try"])


def _check(view: RustView, kind: CheckKind, piece: tuple[int, int], by: str = "", under: str = "") -> Check:
    return Check(kind, view.text.spelled(*piece), view.text.at(*piece), by, under)


def _conditions(view: RustView, bodies: Contents) -> Iterator[tuple[tuple[int, int], Check]]:
    for kind, by in _CONDITIONS.items():
        for row in bodies.of(kind):
            for leaf in leaves(view.text.code, view.text.partner, *row["condition"]):
                tokens = listed(RUST_TOKEN, view.text.uncommented, *leaf)
                yield leaf, _check(view, question(tokens, view.text.spelled(*leaf)), leaf, by)
    for row in bodies.of("for"):
        if b".." in view.text.code[slice(*row["condition"])]:
            yield row["condition"], _check(view, CheckKind.BOUNDS, row["condition"], "for")


def _asserts(view: RustView) -> Iterator[tuple[tuple[int, int], Check]]:
    for invocation in view.reading.invocations:
        name = invocation.name.rsplit("::", 1)[-1].strip()
        if found := _ASSERT.fullmatch(name):
            kind = CheckKind.DEBUG_ASSERT if found[1] else CheckKind.ASSERT
            piece = (invocation.start, invocation.tokens.end)
            yield piece, Check(kind, _asserted(view, invocation, found[2]), view.text.at(*piece), f"{name}!")


def _asserted(view: RustView, invocation: Invocation, form: str | None) -> str:
    """The condition of an assertion as a comparison would write it."""
    tokens = invocation.tokens
    given = parts(view.text.code, view.text.partner, tokens.start + 1, tokens.end - 1)
    if form and len(given) >= 2:
        sign = "==" if form == "_eq" else "!="
        return f"{view.text.spelled(*given[0])} {sign} {view.text.spelled(*given[1])}"
    return view.text.spelled(*given[0]) if given else ""


def _calls(view: RustView, told: Cover) -> Iterator[tuple[int, Check]]:
    for match, _ in view.reading.references:
        path = match.first("path")
        if path is None:
            continue
        whole = match.first("method") or match.captures["call"][0]
        written = view.text.spelled(*path)
        name = written.rsplit("::", 1)[-1].strip()
        kind = next((kind for pattern, kind in _CALLS if pattern.fullmatch(name)), None)
        if kind is None and _NON_NULL.search(written):
            kind = CheckKind.NULL
        if kind is not None and not (kind is CheckKind.NULL and told.holds(path.start)):
            yield path.start, _check(view, kind, whole)


def _returns(view: RustView, bodies: Contents) -> Iterator[tuple[int, Check]]:
    """Returns that a condition decides on, with the innermost such condition."""
    branches = Nest((piece, (by, under)) for piece, by, under in _branches(view, bodies))
    for row in bodies.of("return"):
        by, under = next(branches.around(*row["return"]), ("", ""))
        if by:
            yield row["return"].start, _check(view, CheckKind.EXIT, row["return"], by, under)


def _branches(view: RustView, bodies: Contents) -> Iterator[tuple[Piece, str, str]]:
    """What runs on a condition only: the stretch, the word, the condition. A closure is nameless and ends it."""
    spelled = view.text.spelled
    ends = {row["body"].end: row for row in bodies.of("if")}
    for row in bodies.of("if"):
        yield row["body"], "if", spelled(*row["condition"])
    for row in bodies.of("otherwise"):
        before = ends.get(view.text.before(row["otherwise"].start))
        yield row["body"], "else", spelled(*before["condition"]) if before else ""
    for row in bodies.of("while"):
        yield row["body"], "while", spelled(*row["condition"])
    for row in bodies.of("arm"):
        yield row["body"], "match", spelled(*row["condition"])
    for row in bodies.of("fallback"):
        low = row["fallback"].start
        yield row["body"], "let else", spelled(low, row["body"].start).removesuffix(" else")
    for row in bodies.of("closed"):
        yield row["body"], "", ""
