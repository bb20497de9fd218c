"""A type of C and a name in, a declaration as C spells it out: `int (*done)(void *)`, `uint8_t key[32]`."""

import re

_STARS = re.compile(r"\s*\*(?:\s*\*)*\s*")


def spelled(type_: str, name: str) -> str:
    """The name where C puts it: inside `(*)`, before `[`, behind everything else."""
    if f"(*{name})" in type_:
        text = type_
    elif "(*)" in type_ and name:
        text = type_.replace("(*)", f"(*{name})", 1)
    elif "[" in type_ and "(" not in type_:
        before, _, dimensions = type_.partition("[")
        text = f"{before.rstrip()} {name}[{dimensions}" if name else type_
    else:
        text = f"{type_} {name}"
    return tidy(text)


def tidy(text: str) -> str:
    """Stars at the name, a space before them: `char **argv`, `int (*)(void *)`."""
    return _STARS.sub(lambda found: " " + "*" * found[0].count("*"), text).replace("( *", "(*").strip()
