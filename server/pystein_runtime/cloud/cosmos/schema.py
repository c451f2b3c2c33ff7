"""The tables of Cosmos DB in the local cloud's store; they are made when an app first needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pystein_runtime.cloud.store import Store

_SCHEMA = (
    """CREATE TABLE cosmos_database (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE NOT NULL,
  etag TEXT NOT NULL,
  modified INTEGER NOT NULL,
  offer TEXT
)""",
    """CREATE TABLE cosmos_container (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  database INTEGER NOT NULL REFERENCES cosmos_database ON DELETE CASCADE,
  name TEXT NOT NULL,
  etag TEXT NOT NULL,
  modified INTEGER NOT NULL,
  offer TEXT,
  definition TEXT NOT NULL,
  lsn INTEGER NOT NULL,
  UNIQUE (database, name)
)""",
    """CREATE TABLE cosmos_document (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  container INTEGER NOT NULL REFERENCES cosmos_container ON DELETE CASCADE,
  partition TEXT NOT NULL,
  name TEXT NOT NULL,
  epk TEXT NOT NULL,
  lsn INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  expires INTEGER,
  etag TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (container, partition, name)
)""",
    "CREATE UNIQUE INDEX cosmos_document_change ON cosmos_document (container, lsn)",
    "CREATE INDEX cosmos_document_order ON cosmos_document (container, id)",
    "CREATE INDEX cosmos_document_expires ON cosmos_document (container, expires) WHERE expires IS NOT NULL",
    """CREATE TABLE cosmos_unique (
  container INTEGER NOT NULL REFERENCES cosmos_container ON DELETE CASCADE,
  partition TEXT NOT NULL,
  policy INTEGER NOT NULL,
  value TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES cosmos_document ON DELETE CASCADE,
  PRIMARY KEY (container, partition, policy, value)
) WITHOUT ROWID""",
    "CREATE INDEX cosmos_unique_document ON cosmos_unique (document)",
    """CREATE TABLE cosmos_version (
  container INTEGER NOT NULL REFERENCES cosmos_container ON DELETE CASCADE,
  lsn INTEGER NOT NULL,
  epk TEXT NOT NULL,
  modified INTEGER NOT NULL,
  operation TEXT NOT NULL,
  expired INTEGER NOT NULL,
  previous_lsn INTEGER,
  current TEXT,
  previous TEXT,
  PRIMARY KEY (container, lsn)
) WITHOUT ROWID""",
)


def prepare(store: Store) -> None:
    """Make the tables unless they are there. Before anything else."""
    if store.execute("SELECT 1 FROM sqlite_master WHERE name = ?", "cosmos_version").fetchone() is None:
        with store.transaction():
            if store.execute("SELECT 1 FROM sqlite_master WHERE name = ?", "cosmos_version").fetchone() is None:
                for statement in _SCHEMA:
                    store.execute(statement)
