"""Every fact about what C functions do, on fragments in tests/effects.

A line on which a fact stands ends in `//~ <kind> <parameter> <other parameters>`, or `//~ <kind> <name>` for what is
returned and what the function does else; one mark for each. The first line names the kinds that the file accounts for
in full, so that lines which only look alike, and have no mark, are checked too.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ffireview.extract.c import Wanted, extract_c, kind_of
from ffireview.extract.c.effects.names import by_ending, known
from ffireview.extract.c.scan import heads
from ffireview.model.effects import EffectFact, EffectKind, FunctionEffects
from ffireview.pipeline import review
from ffireview.reporters.effects import effect_lines
from ffireview.reporters.styled import plain
from ffireview.sources.fragments import parse_fragment

FRAGMENTS = sorted((Path(__file__).parent / "effects").iterdir())
MARK = re.compile(r"//~ ([^/]+?)\s*(?=//~|$)")


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda file: file.name)
def test_marked_lines_hold_exactly_the_marked_facts(fragment: Path) -> None:
    source = fragment.read_text(encoding="utf-8")
    kinds = _kinds(source)
    code = re.sub(r"//~.*", "", source).encode()
    facts = extract_c(code, Wanted(declared=heads(code)), kind_of(fragment.name))
    assert facts is not None
    found = Counter((line, text) for e in facts.effects for kind, line, text in _facts(e) if kind in kinds)
    marked = Counter(_marks(source))
    assert sorted((found - marked).elements()) == [], "unexpected"
    assert sorted((marked - found).elements()) == [], "missing"


def test_every_kind_has_a_fragment_with_facts_and_with_near_misses() -> None:
    checked = {kind for file in FRAGMENTS for kind in _kinds(file.read_text(encoding="utf-8"))}
    assert checked == set(EffectKind)
    for file in FRAGMENTS:
        source = file.read_text(encoding="utf-8")
        marked = {text.split()[0] for _, text in _marks(source)}
        assert marked >= _kinds(source), file.name
        assert "ear misses" in source or file.stem == "clear", file.name


def test_every_table_is_understood() -> None:
    verbs = {fact.verb for facts in known().functions.values() for fact in facts}
    assert verbs <= {
        "writes", "reads", "terminated", "frees", "stores", "returns", "within", "length", "format", "vformat", "scans",
        "calls", "same", "assigns", "null", "error", "requires", "refuses", "picks", "gives", "may-give", "allocates",
        "error-pointer", "static", "may-null", "locks", "sleeps", "aborts", "ends", "thread", "state", "longjmp",
        "setjmp", "throws", "unevaluated", "none",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "verb"), [("item_free", "frees"), ("ItemFree", "frees"), ("item_new", "allocates")])
def test_the_end_of_a_name_says_what_its_function_is_for(name: str, verb: str) -> None:
    assert [fact.verb for fact in by_ending(name)] == [verb]


@pytest.mark.parametrize("name", ["_free", "item_freed", "freeze", "renew"])
def test_other_names_say_nothing(name: str) -> None:
    assert by_ending(name) == ()


def _kinds(source: str) -> set[str]:
    return set(source.partition("\n")[0].removeprefix("// checks: ").split())


def _marks(source: str) -> Iterator[tuple[int, str]]:
    for line, content in enumerate(source.splitlines(), start=1):
        for found in MARK.finditer(content):
            yield line, found[1]


def _facts(effects: FunctionEffects) -> Iterator[tuple[str, int, str]]:
    for index, facts in enumerate(effects.parameters):
        for fact in facts:
            yield _text(effects, fact, effects.names[index])
    for fact in (*effects.returns, *effects.control):
        yield _text(effects, fact, fact.name)
    for call in effects.calls:
        for handed in call.handed:
            if effects.pointers[handed.parameter]:
                text = f"{EffectKind.PASSED_ON} {effects.names[handed.parameter]} {call.name} {handed.argument}"
                yield EffectKind.PASSED_ON, call.at.line, text


def _text(effects: FunctionEffects, fact: EffectFact, subject: str) -> tuple[str, int, str]:
    words = [fact.kind, subject, *(effects.names[i] if i >= 0 else "result" for i in fact.others)]
    return fact.kind, fact.at.line, " ".join(filter(None, words))


HOSTILE = {
    "nested updates": "(" * 35 + "*p" + ")++" * 35 + ";",
    "nested conditions": "p" + " ?: q" * 30 + ";",
    "deep blocks": "{" * 5_000 + "}" * 5_000,
    "deep parentheses": "(" * 5_000 + "p" + ")" * 5_000 + ";",
    "many branches": "\n".join(f"int v{i} = 0; if (n > {i}) v{i} = g(p); else p->x = v{i};" for i in range(1_200)),
    "many labels": "\n".join(f"if (n == {i}) goto l{i}; l{i}: q = p;" for i in range(1_200)),
    "nested loops": "".join(f"for (i{i} = 0; i{i} < n; i{i}++) {{" for i in range(30)) + "p[i1] = 1;" + "}" * 30,
    "macros without an end": "x = container_of(" * 4_000,
    "loop macros without an end": "list_for_each(p, " * 4_000,
    "many calls": "\n".join(f"g{i}(p, n, &p->x);" for i in range(3_000)),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=list(HOSTILE))
def test_a_body_that_no_one_writes_ends_soon(body: str) -> None:
    source = f"int f(struct s *p, int n)\n{{\n{body}\n}}\nint g(int *p)\n{{\n\treturn *p;\n}}\n".encode()
    start = time.process_time()
    facts = extract_c(source, Wanted(declared=frozenset({b"f"})), kind_of("a.c"))
    assert time.process_time() - start < 5
    assert facts is not None
    assert facts.declarations[0].name == "f"


def test_what_show_says_of_the_c_side_is_short() -> None:
    fragment = parse_fragment(SHOWN)
    found = {c.symbol: plain(effect_lines(c.effects)).splitlines() for c in review(fragment.snapshot).program.crossings}
    assert found["store_put"] == [
        "    C: keeps argument 3 in argument 1 (c/store.c:13)",
        "    C: takes argument 4 for the length of argument 2 (c/store.c:12)",
        "    C: writes through argument 1 (c/store.c:13)",
        "    C: may return -EINVAL, -1 (c/store.c:11)",
    ]
    assert found["store_drop"] == ["    C: frees argument 1 (in drop, c/store.c:5)"]


SHOWN = """checks: effect
-- src/lib.rs --
extern "C" {
    fn store_put(p: *mut Store, from: *const u8, cb: extern "C" fn(), n: usize) -> i32;
    fn store_drop(p: *mut Store);
}
-- c/store.c --
struct store { char bytes[8]; void (*cb)(void); };

static void drop(struct store *p)
{
	free(p);
}

int store_put(struct store *p, const void *from, void (*cb)(void), size_t n)
{
	if (!p || n > 8)
		return -EINVAL;
	memcpy(p->bytes, from, n);
	p->cb = cb;
	return n ? -1 : 0;
}

void store_drop(struct store *p)
{
	drop(p);
}
"""
