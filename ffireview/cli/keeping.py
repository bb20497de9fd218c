"""Entries into the files of a tree, and who signs them."""

import os

import click

from ffireview.audit.ledger import FOLDER, file_name, write_entry
from ffireview.cli.failures import INCOMPLETE, USAGE, Failure
from ffireview.cli.inside import inside, make_folder
from ffireview.cli.output import Target, write_text
from ffireview.model.ledger import AuditEntry
from ffireview.model.program import Site
from ffireview.reporters.styled import harmless
from ffireview.sources.folder import FolderSnapshot
from ffireview.sources.people import person
from ffireview.sources.repository import RevisionError, find


def signer(by: str | None, path: str) -> str:
    """Who signs: as the command line says, else git's user."""
    if by is None:
        try:
            by = person(find(path).repository)
        except RevisionError:
            by = ""
    if not by.strip() or "\n" in by:
        raise Failure('who signs? --by "Jane D <jane@example.org>", or git config user.name and user.email', USAGE)
    return by.strip()


def keep(snapshot: FolderSnapshot, entry: AuditEntry, site: Site, replaced: list[str]) -> None:
    """Write an entry in the place of older ones, and say so."""
    name = f"{FOLDER}/{file_name(entry.site, entry.by)}"
    target = inside(snapshot, name)
    make_folder(target)
    write_text(write_entry(entry), Target("toml", target))
    for older in set(replaced) - {name}:
        remove(inside(snapshot, older))
    click.echo(f"{harmless(name)}: {entry.verdict}, {harmless(str(site.span))}", err=True)


def remove(path: str) -> None:
    """Take a file away."""
    try:
        os.unlink(path)
    except OSError as error:
        raise Failure(f"{harmless(path)}: {error.strerror}", INCOMPLETE) from error
