"""`ffireview doctor`: what this installation is made of, and whether it works."""

import platform
from importlib.metadata import PackageNotFoundError, version

import click

from ffireview import __version__
from ffireview.cli.failures import INCOMPLETE
from ffireview.cli.workers import default_jobs
from ffireview.sources.git import GitError
from ffireview.sources.git import version as git_version
from ffireview.syntax.check import check_grammars

PACKAGES = (
    "tree-sitter",
    "tree-sitter-rust",
    "tree-sitter-c",
    "tree-sitter-cpp",
    "msgspec",
    "click",
    "rich",
    "ahocorasick-rs",
)


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Versions, grammars, queries, git, and a small self-test."""
    rows = [("ffireview", __version__), ("python", platform.python_version()), ("processors", str(default_jobs()))]
    rows += [(name, _version(name)) for name in PACKAGES]
    problems = check_grammars()
    try:
        rows.append(("git", git_version()))
    except GitError as error:
        rows.append(("git", f"not usable: {error} (plain folders still work)"))
    for name, value in rows:
        click.echo(f"{name:<18} {value}")
    for problem in problems:
        click.echo(f"problem: {problem}")
    click.echo("everything works" if not problems else f"{len(problems)} problem(s)")
    context.exit(INCOMPLETE if problems else 0)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
