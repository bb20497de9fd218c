#!/usr/bin/env python3
"""Replay hand-checked facts about real trees: each must be reported, each negative must not.

    python3 benchmarks/facts/replay.py FACTS.jsonl TREES [--corpus NAME] [--verbose]

FACTS.jsonl holds one fact a line: corpus, commit, file, line, kind, symbol, other_file, other_line, note. TREES holds
one folder per corpus; another commit of the same corpus stands in a folder `corpus-<first 8 digits of the commit>`
where it exists. README.md says how to get them. Exit code 1 when a fact is not met.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ffireview.cli.reading import read_review
from ffireview.cli.settings import Asked
from ffireview.model.agreement import Grade, Kind
from ffireview.model.facts import Role
from ffireview.model.place import Span
from ffireview.model.program import Anchor, Crossing, Direction, Program, Site, Via
from ffireview.sources import open_folder

Fact = dict[str, Any]
Check = Callable[[Program, Fact], bool]


def main() -> int:
    """Check every fact whose tree is at hand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("trees", type=Path)
    parser.add_argument("--corpus")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    facts = [json.loads(line) for line in options.facts.read_text().splitlines() if line.strip()]
    met = failed = absent = 0
    for folder, group in by_tree(facts, options.trees):
        if options.corpus and options.corpus != group[0]["corpus"]:
            continue
        if not folder.is_dir():
            absent += len(group)
            print(f"absent: {folder.name} ({len(group)} facts)")
            continue
        program = read_review(open_folder(str(folder)), Asked(no_config=True), None, True)[0].program
        for fact in group:
            good = CHECKS[fact["kind"]](program, fact)
            met, failed = met + good, failed + (not good)
            if not good or options.verbose:
                place = f"{fact['corpus']} {fact['file']}:{fact['line']}"
                other = f"{fact['other_file']}:{fact['other_line']}"
                print(f"{'met   ' if good else 'FAILED'} {fact['kind']:<28} {fact['symbol']} {place} -> {other}")
    print(f"{met} met, {failed} failed, {absent} without a tree")
    return 1 if failed else 0


def by_tree(facts: list[Fact], trees: Path) -> Iterable[tuple[Path, list[Fact]]]:
    """Facts by the folder of their corpus and commit."""
    groups: dict[Path, list[Fact]] = {}
    for fact in facts:
        exact = trees / f"{fact['corpus']}-{fact['commit'][:8]}"
        groups.setdefault(exact if exact.is_dir() else trees / fact["corpus"], []).append(fact)
    return groups.items()


def covers(anchor: Any, path: str, line: int) -> bool:
    """Whether a span holds the line; declarations may start above the line that names them."""
    return _holds(anchor.span, path, line)


def _holds(span: Span, path: str, line: int) -> bool:
    return span.path == path and span.line <= line <= span.end_line


def crossings(program: Program, symbol: str) -> list[Crossing]:
    """Crossings under a symbol, a Rust name, or a helper's full name."""
    bare = symbol.removeprefix("rust_helper_")
    return [c for c in program.crossings if c.symbol in (symbol, bare) or any(a.name == symbol for a in c.rust)]


def declared(anchors: Iterable[Anchor], fact: Fact) -> bool:
    """Whether the fact's Rust declaration is among the anchors."""
    return any(covers(a, fact["file"], fact["line"]) for a in anchors)


def joined(anchors: Iterable[Anchor], fact: Fact) -> bool:
    """Whether the fact's other place is among the anchors."""
    return any(covers(a, fact["other_file"], fact["other_line"]) for a in anchors)


def c_calls_rust(program: Program, fact: Fact) -> bool:
    """An export and the place where C calls it."""
    return any(
        declared(c.rust, fact) and any(covers(u, fact["other_file"], fact["other_line"]) for u in c.uses)
        for c in crossings(program, fact["symbol"])
        if c.direction is Direction.C_TO_RUST
    )


def judged(program: Program, fact: Fact) -> set[Grade]:
    """The verdicts on the fact's two declarations."""
    return {
        a.grade
        for c in crossings(program, fact["symbol"])
        for a in c.agreements
        if _holds(a.rust, fact["file"], fact["line"]) and _holds(a.foreign, fact["other_file"], fact["other_line"])
    }


def match(program: Program, fact: Fact) -> bool:
    """A pair that is joined and agrees."""
    found = judged(program, fact)
    return bool(found) and found <= {Grade.AGREES, Grade.TOLERABLE}


def mismatch(program: Program, fact: Fact) -> bool:
    """A pair that is joined and does not agree."""
    found = judged(program, fact)
    told = any(
        d.kind is Kind.VOID for c in crossings(program, fact["symbol"]) for a in c.agreements for d in a.differences
    )
    return bool(found & {Grade.BREAKS, Grade.MAY_BREAK}) or (Grade.TOLERABLE in found and told)


def wrong_abi(program: Program, fact: Fact) -> bool:
    """An export that C calls though it has Rust's calling convention."""
    return c_calls_rust(program, fact) and any(
        d.kind is Kind.ABI for c in crossings(program, fact["symbol"]) for a in c.agreements for d in a.differences
    )


def rust_calls_c(program: Program, fact: Fact) -> bool:
    """A Rust call, or the extern item, joined with its C definition."""
    return any(
        (any(covers(u, fact["file"], fact["line"]) for u in c.uses) or declared(c.rust, fact))
        and joined(c.foreign, fact)
        for c in crossings(program, fact["symbol"])
    )


def external_call(program: Program, fact: Fact) -> bool:
    """A crossing whose C side is not in the tree, declared in Rust where the fact says."""
    return any(
        not c.foreign
        and (any(covers(u, fact["file"], fact["line"]) for u in c.uses) or declared(c.rust, fact))
        and (
            fact["other_file"] is None
            or joined(c.rust, fact)
            or any(covers(u, fact["other_file"], fact["other_line"]) for u in c.uses)
        )
        for c in crossings(program, fact["symbol"])
    )


def callback(program: Program, fact: Fact) -> bool:
    """A callback, and the place where its address goes out."""
    return any(
        declared(c.rust, fact)
        and (fact["other_file"] is None or any(covers(u, fact["other_file"], fact["other_line"]) for u in c.uses)
             or any(covers(a, fact["other_file"], fact["other_line"]) for a in c.rust))
        for c in program.crossings
        if c.via is Via.CALLBACK and c.symbol == fact["symbol"]
    ) or macro_callback(program, fact)  # fmt: skip


def macro_callback(program: Program, fact: Fact) -> bool:
    """A callback that a macro makes where the fact says."""
    return any(
        c.via is Via.CALLBACK and c.symbol == fact["symbol"] and declared(c.rust, fact) for c in program.crossings
    )


def site_here(program: Program, fact: Fact) -> bool:
    """A site that starts on the fact's line."""
    return any(s.span.path == fact["file"] and s.span.line == fact["line"] for s in program.sites)


def site_in_macro(program: Program, fact: Fact) -> bool:
    """A site on the fact's line that is known to stand in a macro."""
    return any(
        s.span.path == fact["file"] and s.span.line <= fact["line"] <= s.span.end_line and s.macro is not None
        for s in program.sites
    )


def no_export(program: Program, fact: Fact) -> bool:
    """No export that belongs to the file itself at the fact's line."""
    at = [s for s in program.sites if _at(s, fact) and s.kind == "export"]
    crossing = any(declared(c.rust, fact) and c.via is Via.EXPORT for c in crossings(program, fact["symbol"]))
    return not crossing and all(s.macro is not None and s.macro.generates for s in at)


def no_c_export(program: Program, fact: Fact) -> bool:
    """No crossing from C to the Rust function."""
    return not any(
        declared(c.rust, fact) and c.direction is Direction.C_TO_RUST for c in crossings(program, fact["symbol"])
    )


def no_import(program: Program, fact: Fact) -> bool:
    """The function on the line is not taken for an extern item; the real one is."""
    return not any(
        a.role is Role.IMPORT and covers(a, fact["file"], fact["line"])
        for c in crossings(program, fact["symbol"]) for a in c.rust
    ) and any(joined(c.rust, fact) for c in crossings(program, fact["symbol"]))  # fmt: skip


def import_in_macro(program: Program, fact: Fact) -> bool:
    """An extern item that stands in a macro."""
    return any(
        _at(s, fact) and s.kind == "foreign-fn" and s.symbol == fact["symbol"] and s.macro is not None
        for s in program.sites
    )


def exported_name(program: Program, fact: Fact) -> bool:
    """An export under another name than the function's."""
    return any(
        s.kind == "export" and s.name == fact["symbol"] and s.symbol != s.name and _at(s, fact) for s in program.sites
    )


def bridge_to_cpp(program: Program, fact: Fact) -> bool:
    """A bridge item and its C++ definition."""
    return any(c.via is Via.CXX and declared(c.rust, fact) and joined(c.foreign, fact) for c in program.crossings)


def bridge_from_cpp(program: Program, fact: Fact) -> bool:
    """A bridge item that C++ calls."""
    return any(
        c.via is Via.CXX
        and declared(c.rust, fact)
        and any(covers(u, fact["other_file"], fact["other_line"]) for u in c.uses)
        for c in program.crossings
    )


def no_bridge(program: Program, fact: Fact) -> bool:
    """No bridge at the line."""
    return not any(c.via is Via.CXX and declared(c.rust, fact) for c in program.crossings) and not site_here(
        program, fact
    )


def known_bug(program: Program, fact: Fact) -> bool:
    """A site on or around the line of the bug."""
    return any(
        s.span.path == fact["file"] and s.span.line <= fact["line"] <= s.span.end_line for s in program.sites
    ) or any(s.span.path == fact["file"] and abs(s.span.line - fact["line"]) <= 12 for s in program.sites)


def _at(site: Site, fact: Fact) -> bool:
    return site.span.path == fact["file"] and site.span.line <= fact["line"] <= site.span.end_line


CHECKS: dict[str, Check] = {
    "c_calls_rust_export": c_calls_rust,
    "proto_match": match,
    "proto_mismatch": mismatch,
    "abi_mismatch": wrong_abi,
    "rust_calls_c": rust_calls_c,
    "rust_calls_external_c": external_call,
    "rust_callback_to_c": callback,
    "unsafe_in_macro_invocation": site_in_macro,
    "unsafe_in_macro_rules": site_in_macro,
    "macro_token_unsafe": site_in_macro,
    "negative_not_export": no_export,
    "negative_not_c_export": no_c_export,
    "negative_not_import": no_import,
    "negative_not_bridge": no_bridge,
    "extern_decl_in_macro": import_in_macro,
    "export_name": exported_name,
    "cxx_bridge_cpp_def": bridge_to_cpp,
    "cxx_bridge_rust_export": bridge_from_cpp,
    "known_bug_before_fix": known_bug,
}

if __name__ == "__main__":
    sys.exit(main())
