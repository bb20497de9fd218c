"""A type of C and a name in, a declaration as C spells it out: `int (*done)(void *)`, `uint8_t key[32]`."""

import re

_POINTERS = re.compile(r"\*\s+")


def spelled(type_: str, name: str) -> str:
    """The name where C puts it: inside `(*)`, before `[`, behind everything else."""
    if "(*)" in type_ and name:
        text = type_.replace("(*)", f"(*{name})", 1)
    elif "[" in type_ and "(" not in type_:
        before, _, dimensions = type_.partition("[")
        text = f"{before.rstrip()} {name}[{dimensions}" if name else type_
    else:
        text = f"{type_} {name}"
    return _POINTERS.sub("*", text).strip()
