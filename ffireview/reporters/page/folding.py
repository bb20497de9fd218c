"""Many paths as a few groups: folders where little is, files where much is."""

from collections.abc import Iterable, Mapping

REST = "…"
"""What stands behind the name of a folder whose heaviest entries are groups by themselves."""
_ROOT = "/"
_HEAVY = 0.3
"""The share of everything from which on a folder is opened in part, when it holds too much to be opened whole."""
_FEWEST = 3


def fold(weights: Mapping[str, int], limit: int) -> dict[str, str]:
    """For each path the group that it falls into, at most `limit` of them. A group is a file, a folder that ends in a
    slash, or the rest of a folder. The heaviest folder is opened first, as long as there is room for what it holds."""
    groups: dict[str, list[str]] = {_ROOT: sorted(weights)}
    heavy = _HEAVY * sum(weights.values())
    closed: set[str] = set()
    while open_ := [name for name in groups if name.endswith("/") and name not in closed]:
        sums = {name: sum(weights[path] for path in groups[name]) for name in open_}
        name = min(open_, key=lambda group: (-sums[group], group))
        inside, room = _inside(name, groups[name]), limit - len(groups) + 1
        if len(inside) > room and (name == _ROOT or (room >= _FEWEST and sums[name] >= heavy)):
            inside = _heaviest(name, inside, weights, room)
        if len(inside) > room or name in inside:
            closed.add(name)
            continue
        del groups[name]
        for child, paths in inside.items():
            groups.setdefault(child, []).extend(paths)
    return {path: name for name, paths in groups.items() for path in paths}


def _inside(folder: str, paths: Iterable[str]) -> dict[str, list[str]]:
    """What a folder holds, where a folder with a single entry stands for that entry."""
    start = 0 if folder == _ROOT else len(folder)
    held: dict[str, list[str]] = {}
    for path in paths:
        cut = path.find("/", start)
        held.setdefault(path if cut < 0 else path[: cut + 1], []).append(path)
    return {_deepened(name, group): group for name, group in held.items()}


def _deepened(name: str, paths: list[str]) -> str:
    while name.endswith("/"):
        next_ = {path[: cut + 1] if (cut := path.find("/", len(name))) >= 0 else path for path in paths}
        if len(next_) > 1 or name in next_:
            break
        name = next_.pop()
    return name


def _heaviest(
    folder: str, inside: Mapping[str, list[str]], weights: Mapping[str, int], room: int
) -> dict[str, list[str]]:
    """The heaviest entries of a folder, and the rest of it as one."""
    order = sorted(inside, key=lambda name: (-sum(weights[path] for path in inside[name]), name))
    rest = [path for name in order[room - 1 :] for path in inside[name]]
    return {name: inside[name] for name in order[: room - 1]} | {f"{'' if folder == _ROOT else folder}{REST}": rest}
