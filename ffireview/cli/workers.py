"""Work spread over processes: parsing holds the interpreter lock, so threads would gain nothing."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from ffireview.cli.failures import INCOMPLETE, Failure
from ffireview.pipeline import Mapper

SMALL = 3
"""Fewer batches than this are not worth a process."""


def default_jobs() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def mapper(jobs: int) -> Iterator[Mapper]:
    """A `map` over `jobs` processes, started only when there is enough to do; results keep their order."""
    pool: list[ProcessPoolExecutor] = []

    def run(task: Callable[[Any], Any], batches: Sequence[Any]) -> Iterable[Any]:
        if jobs < 2 or len(batches) < SMALL:
            return map(task, batches)
        if not pool:
            methods = multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context("fork" if "fork" in methods else None)
            pool.append(ProcessPoolExecutor(jobs, mp_context=context))
        return _guarded(pool[0].map(task, batches))

    try:
        yield run
    finally:
        for executor in pool:
            executor.shutdown(wait=True, cancel_futures=True)


def _guarded(results: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from results
    except BrokenProcessPool as error:
        raise Failure("a worker process died, perhaps for lack of memory; try --jobs 1", INCOMPLETE) from error
