"""A function's body in, answers about its values out: pure functions over `Code`, listed in README.md.

Everything here is told from one function's text and the types written in it. An answer is what the text shows, not what
a compiler would prove: each module says what it does not see.
"""

from ffireview.flow.callees import Choice, UserCode, type_parameters, user_calls, user_code
from ffireview.flow.code import Code
from ffireview.flow.codebase import Codebase
from ffireview.flow.conditions import Fact, Known, Strength, facts
from ffireview.flow.definitions import Definition, How, definitions
from ffireview.flow.escapes import Escape, Way, escapes
from ffireview.flow.expected import expected_type, split_arguments, turbofish
from ffireview.flow.find import arguments, callee, calls, foreign_calls, macros, methods, named
from ffireview.flow.follow import given_to, origin, origins, owns
from ffireview.flow.guards import (
    bounded,
    catches_unwinding,
    established,
    facts_about,
    guards,
    inside_catch_unwind,
    null_checked,
)
from ffireview.flow.lifetimes import (
    Extent,
    Scope,
    gets_out,
    moves,
    outlives,
    scope_behind,
    scope_of_local,
    scope_of_temporary,
    taken,
)
from ffireview.flow.locals import Local, Write, local_of, parameters, root_of, uses, writes
from ffireview.flow.order import after, between, diverges, exits
from ffireview.flow.origin import Origin, Source
from ffireview.flow.panics import Degree, Panic, may_panic, panics
from ffireview.flow.paths import base_type, ends_with, is_pointer, last_name, plain
from ffireview.flow.render import short, text
from ffireview.flow.same import key, same
from ffireview.flow.walk import parts, walk

__all__ = [
    "Choice", "Code", "Codebase", "Definition", "Degree", "Escape", "Extent", "Fact", "How", "Known", "Local",
    "Origin", "Panic", "Scope", "Source", "Strength", "UserCode", "Way", "Write", "after", "arguments", "base_type",
    "between", "bounded", "callee", "calls", "catches_unwinding", "definitions", "diverges", "ends_with", "escapes",
    "established", "exits", "expected_type", "facts", "facts_about", "foreign_calls", "gets_out", "given_to", "guards",
    "inside_catch_unwind", "is_pointer", "key", "last_name", "local_of", "macros", "may_panic", "methods", "moves",
    "named", "null_checked", "origin", "origins", "outlives", "owns", "panics", "parameters", "parts", "plain",
    "root_of", "same", "scope_behind", "scope_of_local", "scope_of_temporary", "short", "split_arguments", "taken",
    "text", "turbofish", "type_parameters", "user_calls", "user_code", "uses", "walk", "writes",
]  # fmt: skip
