"""Paths and types as text: without generic arguments, by their last name, by their end."""

import re
from functools import lru_cache

_QUALIFIED = re.compile(r"^<(?:.* as )?(.*)>$", re.DOTALL)
_BORROWED = re.compile(r"^(?:&\s*(?:'\w+\s*)?(?:mut\s+)?|\*\s*(?:const|mut)\s+)")
_WRAPPED = re.compile(r"^(?:\w+::)*(?:Option|Result|Pin|ManuallyDrop|Box|Rc|Arc)\s*<(.*)>$", re.DOTALL)
_POINTER = re.compile(r"^(?:&|\*\s*(?:const|mut)\b|(?:\w+::)*NonNull\s*<)")
_OPTIONAL = re.compile(r"^(?:\w+::)*(?:Option|Result|Pin)\s*<(.*)>$", re.DOTALL)


@lru_cache(maxsize=4096)
def plain(path: str) -> str:
    """A path without generic arguments: `Vec::<u8>::new` and `<Vec<u8>>::new` are `Vec::new`, `<T as Tr>::f` is
    `Tr::f`."""
    segments = _segments(path)
    first = _QUALIFIED.match(segments[0])
    head = plain(first[1]) if first else segments[0]
    rest = [_without_arguments(s) for s in segments[1:] if not s.startswith("<")]
    return "::".join([_without_arguments(head), *rest])


def last_name(path: str) -> str:
    """The last name of a path, without generic arguments."""
    return plain(path).rsplit("::", 1)[-1]


def ends_with(path: str, suffix: str) -> bool:
    """Whether a path is `suffix`, or ends in it after `::`: `std::ffi::CString::new` ends with `CString::new`."""
    written = plain(path)
    return written == suffix or written.endswith("::" + suffix)


def base_type(written: str) -> str:
    """The name of a type behind references, pointers and wrappers: `Foo` of `&'a mut Option<Box<a::Foo<T>>>`."""
    text = written.strip()
    for _ in range(8):
        if found := _BORROWED.match(text):
            text = text[found.end() :].strip()
        elif found := _WRAPPED.match(text):
            text = _first(found[1])
        else:
            break
    return plain(text).rsplit("::", 1)[-1] if not text.startswith(("dyn ", "impl ", "[", "(")) else text


def is_pointer(written: str) -> bool:
    """Whether a value of the type points to what something else holds: `&T`, `*const T`, `NonNull<T>`, also inside
    `Option`, `Result` and `Pin`."""
    text = written.strip()
    while found := _OPTIONAL.match(text):
        text = _first(found[1])
    return bool(_POINTER.match(text))


def _first(arguments: str) -> str:
    depth = 0
    for i, char in enumerate(arguments):
        if char in "<([":
            depth += 1
        elif char in ">)]" and arguments[i - 1 : i] != "-":
            depth -= 1
        elif char == "," and not depth:
            return arguments[:i].strip()
    return arguments.strip()


def _segments(path: str) -> list[str]:
    """The parts between `::` outside angle brackets."""
    parts, depth, start = [], 0, 0
    for i, char in enumerate(path):
        if char == "<":
            depth += 1
        elif char == ">" and path[i - 1 : i] != "-":
            depth -= 1
        elif char == ":" and not depth and path.startswith("::", i):
            parts.append(path[start:i])
            start = i + 2
    parts.append(path[start:])
    return [part.strip() for part in parts if part.strip()] or [""]


def _without_arguments(segment: str) -> str:
    return segment.partition("<")[0] if not segment.startswith("<") else segment
