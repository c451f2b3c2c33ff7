"""The local cloud's one file: SQLite in WAL mode, used from the event loop's thread.

A statement takes tens of microseconds, so it runs where it is called; what could be large (blob content) is cut into
chunks and written by `contents` between other work. What was committed survives `kill -9` of the process.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .folder import FOLDER, prepare_folder
from .steady import CLOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SCHEMA_VERSION = 2
BUSY_SECONDS = 2.0  # how long a statement waits for another process

_SCHEMA = """
CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE cursor (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE queue (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, metadata TEXT NOT NULL);
CREATE TABLE message (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  queue INTEGER NOT NULL REFERENCES queue ON DELETE CASCADE,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  inserted REAL NOT NULL,
  expires REAL NOT NULL,
  visible REAL NOT NULL,
  dequeued INTEGER NOT NULL,
  receipt TEXT NOT NULL,
  holder TEXT
);
CREATE INDEX message_next ON message (queue, visible);
CREATE INDEX message_id ON message (id);

CREATE TABLE container (
  id INTEGER PRIMARY KEY,
  name TEXT UNIQUE NOT NULL,
  etag TEXT NOT NULL,
  modified REAL NOT NULL,
  metadata TEXT NOT NULL,
  access TEXT NOT NULL DEFAULT ''
);
CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  container INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
  name TEXT NOT NULL,
  snapshot TEXT NOT NULL DEFAULT '',
  content INTEGER,
  length INTEGER NOT NULL,
  etag TEXT NOT NULL,
  created REAL NOT NULL,
  modified REAL NOT NULL,
  change INTEGER NOT NULL,
  metadata TEXT NOT NULL,
  properties TEXT NOT NULL,
  UNIQUE (container, name, snapshot)
);
CREATE INDEX blob_change ON blob (container, change);
CREATE TABLE block (
  container INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  committed INTEGER NOT NULL,
  position INTEGER NOT NULL,
  length INTEGER NOT NULL,
  content INTEGER NOT NULL,
  UNIQUE (container, name, id, committed, position)
);
CREATE TABLE content (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE data (id INTEGER PRIMARY KEY AUTOINCREMENT, bytes BLOB NOT NULL);
CREATE TABLE chunk (
  content INTEGER NOT NULL,
  start INTEGER NOT NULL,
  length INTEGER NOT NULL,
  data INTEGER NOT NULL,
  skip INTEGER NOT NULL,
  PRIMARY KEY (content, start)
) WITHOUT ROWID;
CREATE INDEX chunk_data ON chunk (data);

CREATE TABLE entity_table (id INTEGER PRIMARY KEY, name TEXT UNIQUE COLLATE NOCASE NOT NULL);
CREATE TABLE entity (
  owner INTEGER NOT NULL REFERENCES entity_table ON DELETE CASCADE,
  partition TEXT NOT NULL,
  row TEXT NOT NULL,
  etag TEXT NOT NULL,
  modified REAL NOT NULL,
  properties TEXT NOT NULL,
  PRIMARY KEY (owner, partition, row)
) WITHOUT ROWID;

CREATE TABLE lease (
  owner TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  expires REAL NOT NULL,
  broken REAL
) WITHOUT ROWID;
CREATE TABLE policy (owner TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID
"""


class StoreError(Exception):
    """The file cannot be used; the text is a whole sentence for the user."""


class StoreFaultError(sqlite3.OperationalError):
    """The file cannot be used now; it may work later. The text is a whole sentence for the user."""


class Store:
    """The open file. Not for other threads than the one that opened it."""

    def __init__(self, path: Path | None, clock: Callable[[], float] = CLOCK.now) -> None:
        """Open or create the file; None: in memory.

        Raises:
            StoreError: it cannot be opened, or another version of this program made it and has it open.
        """
        self.now = clock
        self.path = path
        self.aside: Path | None = None
        """Where a file is now that another version of this program made: it is kept, and a new one begun."""
        self._watchers: dict[str, list[Callable[[], None]]] = {}
        try:
            if path is not None:
                prepare_folder(path.parent)
            self._connect()
            if path is not None and self._version() not in {0, SCHEMA_VERSION}:
                self._set_aside(path)
                self._connect()
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{path} cannot be used as the local cloud's store: {error}.") from error

    def _connect(self) -> None:
        self._db = sqlite3.connect(
            ":memory:" if self.path is None else self.path,
            timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256,
        )  # fmt: skip

    def _set_aside(self, path: Path) -> None:
        """Rename the file. Whoever closes it last takes its log away: where that stays, others are at work with it."""
        version = self._version()
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("COMMIT")
        self._db.close()
        if path.with_name(f"{path.name}-wal").exists():
            raise StoreError(f"{path} is in use by another version of this program; stop that first.")
        number = version
        while path.with_name(f"{path.name}.old-{number}").exists():
            number += 1
        self.aside = path.rename(path.with_name(f"{path.name}.old-{number}"))

    def _prepare(self) -> None:
        self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        version = self._version()
        if version == 0:
            with self.transaction():
                if self._version() == 0:  # another process may have been faster
                    for statement in _SCHEMA.split(";"):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif version != SCHEMA_VERSION:
            raise StoreError(
                f"{self.path} was made by another version of this program; delete the file to start afresh."
            )

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """Run one statement: in a transaction of its own outside of `transaction`.

        Raises:
            StoreFaultError: the disk is full, another program has locked the file, ...
        """
        try:
            return self._db.execute(statement, values)
        except sqlite3.OperationalError as error:
            raise self._fault(error) from error

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each row; within `transaction`."""
        try:
            self._db.executemany(statement, rows)
        except sqlite3.OperationalError as error:
            raise self._fault(error) from error

    def _fault(self, error: sqlite3.OperationalError) -> StoreFaultError:
        hint = " Is the disk full?" if any(part in str(error) for part in ("full", "I/O")) else ""
        return StoreFaultError(f"The file of the local cloud, {self.path}, cannot be used now: {error}.{hint}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done within; one within another joins it."""
        if self._db.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            self._db.rollback()
            raise

    def version(self) -> int:
        """A number that changes when another process has written to the file."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def watch(self, topic: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back soon after something was announced about a topic; gives the function that ends it."""
        callbacks = self._watchers.setdefault(topic, [])
        callbacks.append(callback)
        return lambda: callbacks.remove(callback)

    def announce(self, topic: str) -> None:
        """Tell those who watch a topic, `queue:orders` or `container:images`, that something has come."""
        for callback in self._watchers.get(topic, ()):
            callback()

    def property(self, name: str) -> str | None:
        """A value that belongs to the store as a whole."""
        row = self.execute("SELECT value FROM property WHERE name = ?", name).fetchone()
        return None if row is None else str(row[0])

    def set_property(self, name: str, value: str) -> None:
        """Keep a value that belongs to the store as a whole."""
        self.execute("INSERT OR REPLACE INTO property VALUES (?, ?)", name, value)


def path_for(root: Path) -> Path:
    """Where the local cloud of the app in a folder is kept."""
    return root / FOLDER / "cloud.sqlite"
