#!/usr/bin/env python3
"""Times commands in turn, a round each, with what they read in the page cache; then the peak memory of each.

    timing.py [--rounds N] COMMAND.. [--and COMMAND..]..

The first command is the measure of the others. Each runs once before the clock starts. Memory is taken in one more run,
so that looking does not slow the timed ones: `largest` is the greatest resident set of any one process of the command,
as the kernel counts it; `together` is the greatest sum over all its processes at one moment, where a page that several
processes share counts once (proportional set size, looked at every 20 ms, Linux only).
"""

import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

LOOK_EVERY = 0.02
FAILED = 2
"""An exit code from here on is a failure of the command; 1 means that something was found, or nothing."""


def main() -> int:
    """Time, then weigh."""
    if sys.argv[1:2] == ["--weigh"]:
        return weigh(sys.argv[2:])
    rounds, commands = arguments(sys.argv[1:])
    times: list[list[float]] = [[] for _ in commands]
    for command in commands:
        seconds(command)
    for _ in range(rounds):
        for own, command in zip(times, commands, strict=True):
            own.append(seconds(command))
    first = median(times[0])
    print(f"{'median':>8} {'least':>8} {'most':>8} {'ratio':>6} {'largest':>10} {'together':>10}")
    for own, command in zip(times, commands, strict=True):
        script = [sys.executable, __file__, "--weigh", *command]
        memory = subprocess.run(script, check=True, capture_output=True, text=True).stdout.rstrip("\n")
        middle = median(own)
        print(f"{middle:>7.2f}s {min(own):>7.2f}s {max(own):>7.2f}s {middle / first:>6.2f} {memory}  {shown(command)}")
    return 0


def arguments(words: list[str]) -> tuple[int, list[list[str]]]:
    """How many rounds, and the commands."""
    rounds = 5
    if words[:1] == ["--rounds"]:
        rounds, words = int(words[1]), words[2:]
    commands: list[list[str]] = [[]]
    for word in words:
        if word == "--and":
            commands.append([])
        else:
            commands[-1].append(word)
    if rounds < 1 or not all(commands):
        sys.exit(__doc__)
    return rounds, commands


def seconds(command: list[str]) -> float:
    """The wall time of one run."""
    start = time.perf_counter()
    code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    taken = time.perf_counter() - start
    if code >= FAILED:
        sys.exit(f"exit code {code}: {' '.join(command)}")
    return taken


def weigh(command: list[str]) -> int:
    """Run one command and print its peak memory; in a process of its own, for `RUSAGE_CHILDREN` never goes down."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = 0
    while child.poll() is None:
        most = max(most, together(child.pid))
        time.sleep(LOOK_EVERY)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"{mib(largest)} {mib(most)}")
    return 0


def together(root: int) -> int:
    """The proportional set sizes of a process and all below it, in bytes; 0 where the kernel does not tell."""
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        try:
            rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
        total += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:")) * 1024
    return total


def mib(size: int) -> str:
    """Bytes for a person."""
    return f"{size / 2**20:>6.0f} MiB" if size else f"{'?':>10}"


def shown(command: list[str]) -> str:
    """The command without its paths."""
    return " ".join(Path(word).name if "/" in word else word for word in command)


if __name__ == "__main__":
    sys.exit(main())
