"""Values by task and content in one SQLite file. What goes wrong with it costs time and nothing else."""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ffireview.syntax.queries import queries_root

NAME = "facts.sqlite"
LIMIT = 1_500_000_000
"""Bytes; a larger file is thrown away at the next start."""
KEPT_DAYS = 30
"""A task that was not asked for in so many days is forgotten."""

_MAKERS = ("model", "syntax", "extract", "pipeline")
WRITTEN = (".py", ".scm", ".facts", ".toml")
"""Ends of the names of the files that code and queries stand in."""
_CHUNK = 500
_WAIT = 5.0
_PAUSE = 0.02
_SCHEMA = """
CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, used INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS facts (
  task INTEGER, content TEXT, value BLOB NOT NULL, PRIMARY KEY (task, content)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS empty (task INTEGER, contents TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS empty_of ON empty (task);
"""
# `empty` holds, many to a row, the contents in which a task found nothing: nearly all of a large tree.


def default_folder() -> str:
    """Where caches go: `$FFIREVIEW_CACHE`, else below `$XDG_CACHE_HOME` or `~/.cache`."""
    own = os.environ.get("FFIREVIEW_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return own or os.path.join(base, "ffireview")


class FileStore:
    """Keeps values in a folder, for one version of the code that makes them."""

    def __init__(self, folder: str, version: str) -> None:
        self._path = os.path.join(folder, NAME)
        self._prefix = f"{version}/"
        self._database: sqlite3.Connection | None = None
        self.failure = ""
        """Why the cache is of no use this time, for a person."""
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            if os.path.exists(self._path) and os.stat(self._path).st_size > LIMIT:
                os.unlink(self._path)
            self._database = self._opened()
        except (OSError, sqlite3.Error) as error:
            self.failure = f"{self._path}: {error}"

    def get(self, task: str, contents: Sequence[str]) -> Mapping[str, bytes]:
        """The values that are known; an empty one says that there is nothing in the file."""
        found: dict[str, bytes] = {}
        with self._guarded() as database:
            number = self._number(database, task)
            wanted = set(contents)
            for (row,) in database.execute("SELECT contents FROM empty WHERE task = ?", (number,)):
                found.update(dict.fromkeys(wanted.intersection(row.split("\n")), b""))
            rest = sorted(wanted - found.keys())
            for at in range(0, len(rest), _CHUNK):
                part = rest[at : at + _CHUNK]
                marks = ",".join("?" * len(part))
                query = f"SELECT content, value FROM facts WHERE task = ? AND content IN ({marks})"  # noqa: S608  only marks
                found.update(database.execute(query, (number, *part)))
        return found

    def put(self, task: str, values: Mapping[str, bytes]) -> None:
        """Keep values."""
        with self._guarded() as database, database:
            number = self._number(database, task)
            empty = sorted(content for content, value in values.items() if not value)
            if empty:
                database.execute("INSERT INTO empty VALUES (?, ?)", (number, "\n".join(empty)))
            rows = ((number, content, value) for content, value in values.items() if value)
            database.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Forget what was long not asked for, and let go of the file."""
        old = int(time.time()) - KEPT_DAYS * 86_400
        with self._guarded() as database, database:
            for table in ("facts", "empty"):
                gone = f"DELETE FROM {table} WHERE task IN (SELECT id FROM tasks WHERE used < ?)"  # noqa: S608  own names
                database.execute(gone, (old,))
            database.execute("DELETE FROM tasks WHERE used < ?", (old,))
        if self._database is not None:
            self._database.close()

    def _opened(self) -> sqlite3.Connection:
        try:
            return _open(self._path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            os.unlink(self._path)
            return _open(self._path)

    def _number(self, database: sqlite3.Connection, task: str) -> int:
        name = self._prefix + task
        database.execute(
            "INSERT INTO tasks (name, used) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET used = excluded.used",
            (name, int(time.time())),
        )
        database.commit()
        return int(database.execute("SELECT id FROM tasks WHERE name = ?", (name,)).fetchone()[0])

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        """The database. One that fails is not asked again in this run: what failed counts as not known."""
        try:
            yield self._database if self._database is not None and not self.failure else _open(":memory:")
        except sqlite3.Error as error:
            self.failure = f"{self._path}: {error}"


def _open(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_WAIT)
    _write_ahead(database)
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(_SCHEMA)
    return database


def _write_ahead(database: sqlite3.Connection) -> None:
    """Switch the journal. SQLite does not wait for this lock by itself: two runs that make the file at once collide."""
    until = time.monotonic() + _WAIT
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)


def version_of_code() -> str:
    """Names the code and queries that facts are made by: another version makes its own."""
    package = Path(__file__).parent.parent
    folders = [*(package / part for part in _MAKERS), queries_root()]
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in WRITTEN):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
