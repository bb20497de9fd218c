"""What a run is asked for: the command line first, then a `ffireview.toml`, then defaults. Reads the clock, once."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import click

from ffireview.cli.failures import USAGE, Failure
from ffireview.config import BYTES, NAME, Config, read_config, unknown_rule
from ffireview.model.finding import Confidence, Filter, Persona, Severity
from ffireview.model.place import Problem
from ffireview.model.snapshot import Listing, Snapshot
from ffireview.model.suppression import Baseline
from ffireview.pipeline import DATA_MODELS
from ffireview.reporters.styled import harmless
from ffireview.settle.baseline import BYTES as BASELINE_BYTES
from ffireview.settle.baseline import read_baseline

BASELINE_PATH = ".ffireview/baseline.toml"
"""Where a baseline is looked for in a tree, and written."""


class Asked(NamedTuple):
    """What the command line says; None or nothing where it is silent."""

    data_model: str | None = None
    config: str | None = None
    no_config: bool = False
    baseline: str | None = None
    no_baseline: bool = False
    today: datetime | None = None
    persona: str | None = None
    severity: str | None = None
    confidence: str | None = None
    rules: tuple[str, ...] = ()
    no_rules: tuple[str, ...] = ()
    fail_on: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether it asks for certain findings."""
        return bool(self.severity or self.confidence or self.rules)


class Settings(NamedTuple):
    """What holds for a run."""

    data_model: str
    filter: Filter
    fail_on: tuple[str, ...]
    today: date
    baseline: Baseline
    baseline_file: str
    """Of this machine, where the command line or its settings name one."""
    baseline_path: str
    """Of the tree, where its baseline is or would be."""


def settings(snapshot: Snapshot, listing: Listing, asked: Asked) -> Settings:
    """What holds for a run over a snapshot, whose own files count where the command line names no other. Of a change
    the snapshot is the older one: what a change brings does not decide how it is reviewed."""
    for name in (*asked.rules, *asked.no_rules):
        if wrong := unknown_rule(name):
            raise Failure(wrong, USAGE)
    paths = {entry.path for entry in listing.entries}
    config = _config(snapshot, paths, asked)
    of_file = Filter(
        Persona(asked.persona) if asked.persona else config.persona or Persona.REGULAR,
        Severity(asked.severity) if asked.severity else config.severity or Severity.LOW,
        Confidence(asked.confidence) if asked.confidence else config.confidence or Confidence.LOW,
        asked.rules,
        tuple(rule for rule in config.enabled if rule not in asked.no_rules),
        (*asked.no_rules, *(rule for rule in config.disabled if rule not in asked.rules)),
    )
    return Settings(
        asked.data_model or config.data_model or DATA_MODELS[0],
        of_file,
        asked.fail_on or config.fail_on or (),
        asked.today.date() if asked.today else today(),
        _baseline(snapshot, paths, asked, config),
        _named(asked, config),
        BASELINE_PATH if asked.config is not None else config.baseline or BASELINE_PATH,
    )


def today() -> date:
    """The day in UTC; that of SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise Failure(f"SOURCE_DATE_EPOCH={epoch[:40]!r} is no number of seconds", USAGE) from error


def told(problem: Problem) -> str:
    """What is wrong with a file of settings, with its place."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return harmless(f"{place}: {problem.message}")


def read_file(path: str, limit: int) -> bytes:
    """The bytes of a file that the command line names; no more than tells that it is too large."""
    try:
        with open(path, "rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}", USAGE) from error


def _config(snapshot: Snapshot, paths: set[str], asked: Asked) -> Config:
    if asked.config is not None:
        found = read_config(asked.config, read_file(asked.config, BYTES))
    elif asked.no_config or NAME not in paths:
        return Config()
    else:
        source = snapshot.read(NAME)
        found = source if isinstance(source, Problem) else read_config(NAME, source)
        if isinstance(found, Problem):
            raise Failure(f"{told(found)} (--no-config goes without)", USAGE)
    if isinstance(found, Problem):
        raise Failure(told(found), USAGE)
    return found


def _baseline(snapshot: Snapshot, paths: set[str], asked: Asked, config: Config) -> Baseline:
    """The baseline that is named, or of the tree; none where there is none."""
    if asked.no_baseline:
        return Baseline()
    if named := _named(asked, config):
        found = read_baseline(named, read_file(named, BASELINE_BYTES))
    else:
        path = config.baseline or BASELINE_PATH
        if asked.no_config or path not in paths:
            if config.baseline:
                raise Failure(f"{NAME}: baseline: no file {harmless(path)} (--no-baseline goes without)", USAGE)
            return Baseline()
        source = snapshot.read(path)
        found = source if isinstance(source, Problem) else read_baseline(path, source)
    if isinstance(found, Problem):
        raise Failure(f"{told(found)} (--no-baseline goes without)", USAGE)
    return found


def _named(asked: Asked, config: Config) -> str:
    """The baseline that the command line names, or a file of settings that it names; empty where neither does."""
    if asked.baseline is None and asked.config is not None and config.baseline:
        return os.path.join(os.path.dirname(asked.config), config.baseline)
    return asked.baseline or ""


def config_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Which file of settings counts."""
    for option in (
        click.option("--no-config", is_flag=True, help=f"Read neither {NAME} nor the baseline of the tree."),
        click.option("--config", metavar="FILE", help=f"Settings from FILE, not from {NAME} at the root of the tree."),
    ):
        function = option(function)
    return function


def baseline_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Which findings are no news, and on which day."""
    for option in (
        today_option,
        click.option("--no-baseline", is_flag=True, help="No finding is old."),
        click.option("--baseline", metavar="FILE", help=f"Old findings; default: {BASELINE_PATH} of the tree."),
    ):
        function = option(function)
    return function


def today_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """On which day."""
    return click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="The day against which things expire; default: SOURCE_DATE_EPOCH, or the day in UTC.",
    )(function)


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Which findings are wanted."""
    for option in (
        click.option("--no-rule", "no_rules", multiple=True, metavar="RULE", help="Not this rule; may repeat."),
        click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only this rule; may repeat."),
        click.option("--confidence", type=_choice(Confidence), help="Only findings at least as sure."),
        click.option("--severity", type=_choice(Severity), help="Only findings at least as grave."),
        click.option("--persona", type=_choice(Persona), help="Whose findings to show; default: regular, few."),
    ):
        function = option(function)
    return baseline_options(function)


def _choice(words: type[Persona] | type[Severity] | type[Confidence]) -> click.Choice[str]:
    return click.Choice([word.value for word in words])
