"""A task hub's file: SQLite in WAL mode, used from the event loop's thread.

Writes of one turn of the loop share a transaction, which is committed before the loop waits again: what was committed
survives `kill -9`, and what was not is done again. `flush` commits at once, for what a caller is told is done.

What cannot be written, because the disk is full, is kept in memory in its order and tried again until it can: the hub's
work goes on meanwhile, and a part that was missing from a history could never be replayed.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.folder import FOLDER, prepare_folder

from .model import DurableError, Instance, Lock, Message, Operation, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from .model import Event

SCHEMA_VERSION = 2
RETRY_SECONDS = 1.0  # until the file is tried again that could not be written

_SCHEMA = """
CREATE TABLE instance (
  id TEXT PRIMARY KEY, execution TEXT NOT NULL, name TEXT NOT NULL, version TEXT, status TEXT NOT NULL, input TEXT,
  output TEXT, custom TEXT, created REAL NOT NULL, updated REAL NOT NULL, parent TEXT, parent_execution TEXT,
  parent_task INTEGER, due REAL, failure TEXT, tags TEXT
) WITHOUT ROWID;
CREATE INDEX instance_created ON instance (created, id);
CREATE INDEX instance_unfinished ON instance (status) WHERE status IN ('Pending', 'Running', 'Suspended');
CREATE TABLE episode (
  instance TEXT NOT NULL, number INTEGER NOT NULL, events TEXT NOT NULL, PRIMARY KEY (instance, number)
) WITHOUT ROWID;
CREATE TABLE message (id INTEGER PRIMARY KEY, instance TEXT NOT NULL, execution TEXT, due REAL, event TEXT NOT NULL);
CREATE INDEX message_instance ON message (instance);
CREATE TABLE task (
  id INTEGER PRIMARY KEY, instance TEXT NOT NULL, execution TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
  input TEXT, due REAL, crashes INTEGER NOT NULL
);
CREATE INDEX task_instance ON task (instance);
CREATE TABLE entity (id TEXT PRIMARY KEY, state TEXT NOT NULL, updated REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE operation (
  id INTEGER PRIMARY KEY, entity TEXT NOT NULL, name TEXT NOT NULL, input TEXT, caller TEXT, caller_execution TEXT,
  request TEXT NOT NULL, due REAL, locks TEXT
);
CREATE TABLE lock (entity TEXT PRIMARY KEY, section TEXT NOT NULL, owner TEXT NOT NULL) WITHOUT ROWID
"""
_FROM_1_TO_2 = """
ALTER TABLE instance ADD COLUMN due REAL;
ALTER TABLE instance ADD COLUMN failure TEXT;
ALTER TABLE instance ADD COLUMN tags TEXT;
ALTER TABLE operation ADD COLUMN due REAL;
ALTER TABLE operation ADD COLUMN locks TEXT;
CREATE TABLE lock (entity TEXT PRIMARY KEY, section TEXT NOT NULL, owner TEXT NOT NULL) WITHOUT ROWID
"""
_SELECT = "SELECT * FROM instance "
_PUT_INSTANCE = "INSERT OR REPLACE INTO instance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_OPERATION = "INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


class TaskHubError(Exception):
    """The file cannot be used; the text is a whole sentence for the user."""


class TaskHubStore:
    """The open file."""

    def __init__(self, path: Path | None, report: Callable[[str], None] = lambda _: None) -> None:
        """Open or create the file; None: in memory. `report` is told when it cannot be written, and when it can again.

        Raises:
            TaskHubError: it cannot be opened, or a newer version of this program made it.
        """
        self._path = path
        self._report = report
        self._uncommitted: list[tuple[str, tuple[Any, ...]]] = []
        """The statements of the transaction that is open, or that failed and is tried again."""
        self._failure: str | None = None
        """Why the file cannot be written now."""
        self._retry: asyncio.TimerHandle | None = None
        try:
            if path is not None:
                prepare_folder(path.parent)
            self._db = sqlite3.connect(
                ":memory:" if path is None else path, timeout=5.0, isolation_level=None, cached_statements=256
            )
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._prepare(path)
            self._rows = count(self._last_row() + 1)  # SQLite gives a number again when the last row was deleted
        except (sqlite3.Error, OSError) as error:
            raise TaskHubError(f"{path} cannot be used as the task hub's store: {error}.") from error

    def _prepare(self, path: Path | None) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        for statement in {0: _SCHEMA, 1: _FROM_1_TO_2}.get(version, "").split(";"):
            self._db.execute(statement)
        if version in {0, 1}:
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._db.execute("COMMIT")
        if version not in {0, 1, SCHEMA_VERSION}:
            raise TaskHubError(f"{path} was made by another version of this program; delete the file to start afresh.")

    def _last_row(self) -> int:
        tables = ("message", "task", "operation")
        return max(self._db.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0 for table in tables)  # noqa: S608 - our own names

    def close(self) -> None:
        """Commit and close the file."""
        self._commit()
        if self._retry is not None:
            self._retry.cancel()
        self._db.close()

    def flush(self) -> None:
        """Commit what was written.

        Raises:
            DurableError: that is not possible now; it is tried again.
        """
        self._commit()
        if self._failure is not None:
            raise DurableError(503, self._failure)

    def _commit(self) -> None:
        if not self._uncommitted:
            return
        try:
            if self._failure is not None:
                self._db.execute("BEGIN IMMEDIATE")
                for statement, values in self._uncommitted:
                    self._db.execute(statement, values)
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._fail(error)
            return
        self._uncommitted.clear()
        if self._failure is not None:
            self._failure = None
            self._report(f"The task hub's file, {self._path}, can be written again; nothing is missing from it.")

    def _write(self, statement: str, *values: Any) -> int:
        """How many rows were changed; 1 where that is not known before the file can be written."""
        if not self._uncommitted:
            asyncio.get_running_loop().call_soon(self._commit)
        self._uncommitted.append((statement, values))
        if self._failure is not None:
            return 1
        try:
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            return self._db.execute(statement, values).rowcount
        except sqlite3.OperationalError as error:
            self._fail(error)
            return 1

    def _fail(self, error: sqlite3.OperationalError) -> None:
        with suppress(sqlite3.Error):
            self._db.rollback()
        if self._failure is None:
            self._failure = f"The task hub's file, {self._path}, cannot be written now: {error}."
            self._report(f"{self._failure} Its work is kept in memory until it can.")
        if self._retry is None:
            self._retry = asyncio.get_running_loop().call_later(RETRY_SECONDS, self._try_again)

    def _try_again(self) -> None:
        self._retry = None
        self._commit()

    def _insert(self, statement: str, *values: Any) -> int:
        row = next(self._rows)
        self._write(statement, row, *values)
        return row

    # -- instances ----------------------------------------------------------------------------------------

    def instance(self, id_: str) -> Instance | None:
        """An instance."""
        row = self._db.execute(_SELECT + "WHERE id = ?", (id_,)).fetchone()
        return None if row is None else Instance(*row)

    def put_instance(self, instance: Instance) -> None:
        """Write an instance, over the one that is there."""
        self._write(_PUT_INSTANCE, *instance)

    def instances(
        self,
        *,
        statuses: Sequence[str] = (),
        created_from: float | None = None,
        created_to: float | None = None,
        prefix: str = "",
        limit: int = -1,
        after: tuple[float, str] | None = None,
    ) -> list[Instance]:
        """Instances in the order of their creation. `after` is creation and id of the last one that is known."""
        wheres: list[str] = ["1"]
        values: list[object] = []
        if statuses:
            wheres.append(f"status IN ({', '.join('?' * len(statuses))})")
            values += statuses
        for condition, value in (("created >= ?", created_from), ("created <= ?", created_to)):
            if value is not None:
                wheres.append(condition)
                values.append(value)
        if prefix:
            wheres.append("substr(id, 1, ?) = ?")
            values += [len(prefix), prefix]
        if after is not None:
            wheres.append("(created, id) > (?, ?)")
            values += after
        rows = self._db.execute(
            f"{_SELECT}WHERE {' AND '.join(wheres)} ORDER BY created, id LIMIT ?",
            (*values, limit),
        )
        return [Instance(*row) for row in rows]

    def unfinished(self) -> list[Instance]:
        """The instances that have not come to their end."""
        rows = self._db.execute(_SELECT + "WHERE status IN ('Pending', 'Running', 'Suspended') ORDER BY created")
        return [Instance(*row) for row in rows]

    def delete_instance(self, id_: str) -> None:
        """Forget an instance altogether."""
        self._write("DELETE FROM instance WHERE id = ?", id_)
        self._write("DELETE FROM episode WHERE instance = ?", id_)
        self._write("DELETE FROM message WHERE instance = ?", id_)
        self._write("DELETE FROM task WHERE instance = ?", id_)

    def delete_messages_of(self, id_: str, execution: str | None = None) -> None:
        """Forget what is on its way to an instance, or to one of its executions."""
        if execution is None:
            self._write("DELETE FROM message WHERE instance = ?", id_)
        else:
            self._write("DELETE FROM message WHERE instance = ? AND execution = ?", id_, execution)

    # -- histories ----------------------------------------------------------------------------------------

    def with_history(self) -> set[str]:
        """The instances that have a history."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT instance FROM episode")}

    def episodes(self, id_: str) -> list[str]:
        """A history: the events of each turn, joined by line ends."""
        rows = self._db.execute("SELECT events FROM episode WHERE instance = ? ORDER BY number", (id_,))
        return [row[0] for row in rows]

    def add_episode(self, id_: str, number: int, events: Iterable[str]) -> None:
        """Add the events of a turn."""
        self._write("INSERT INTO episode VALUES (?, ?, ?)", id_, number, "\n".join(events))

    def delete_history(self, id_: str) -> None:
        """Forget an instance's history."""
        self._write("DELETE FROM episode WHERE instance = ?", id_)

    # -- messages and tasks -------------------------------------------------------------------------------

    def add_message(self, instance: str, execution: str | None, due: float | None, event: Event) -> Message:
        """Keep an event for an instance."""
        text = json.dumps(event, separators=(",", ":"))
        row = self._insert("INSERT INTO message VALUES (?, ?, ?, ?, ?)", instance, execution, due, text)
        return Message(row, instance, execution, due, event)

    def messages(self) -> list[Message]:
        """All that are on their way."""
        rows = self._db.execute("SELECT id, instance, execution, due, event FROM message ORDER BY id").fetchall()
        messages = []
        for row, instance, execution, due, text in rows:
            try:
                event = json.loads(text)
            except ValueError:  # somebody else has written to the file
                continue
            messages.append(Message(row, instance, execution, due, event))
        return messages

    def delete_messages(self, messages: Iterable[Message]) -> None:
        """Forget messages: they are part of the history now."""
        for message in messages:
            self._write("DELETE FROM message WHERE id = ?", message.row)

    def add_task(self, instance: str, execution: str, number: int, name: str, given: str | None) -> Task:
        """Keep an activity that is to run."""
        row = self._insert(
            "INSERT INTO task VALUES (?, ?, ?, ?, ?, ?, NULL, 0)", instance, execution, number, name, given
        )
        return Task(row, instance, execution, number, name, given, None, 0)

    def update_task(self, task: Task) -> None:
        """Keep what has changed of a task: its input, when it is due, its crashes."""
        self._write(
            "UPDATE task SET input = ?, due = ?, crashes = ? WHERE id = ?", task.input, task.due, task.crashes, task.row
        )

    def delete_task(self, row: int) -> bool:
        """Forget a task: it is done. False: it was not wanted any more."""
        return self._write("DELETE FROM task WHERE id = ?", row) > 0

    def tasks(self) -> list[Task]:
        """All that are to be done."""
        return [Task(*row) for row in self._db.execute("SELECT * FROM task ORDER BY id")]

    # -- entities -----------------------------------------------------------------------------------------

    def entity(self, id_: str) -> str | None:
        """The state of an entity as JSON; None: it does not exist."""
        row = self._db.execute("SELECT state FROM entity WHERE id = ?", (id_,)).fetchone()
        return None if row is None else str(row[0])

    def put_entity(self, id_: str, state: str | None, now: float) -> None:
        """Keep the state of an entity; None: it does not exist any more."""
        if state is None:
            self._write("DELETE FROM entity WHERE id = ?", id_)
        else:
            self._write("INSERT OR REPLACE INTO entity VALUES (?, ?, ?)", id_, state, now)

    def entities(self, prefix: str = "@") -> list[tuple[str, str, float]]:
        """Entities whose ids begin so: id, state, and when it was written."""
        rows = self._db.execute(
            "SELECT id, state, updated FROM entity WHERE substr(id, 1, ?) = ? ORDER BY id", (len(prefix), prefix)
        )
        return rows.fetchall()

    def add_operation(self, operation: Operation) -> Operation:
        """Keep a request to an entity."""
        row = self._insert(_ADD_OPERATION, *operation[1:])
        return operation._replace(row=row)

    def delete_operation(self, row: int) -> None:
        """Forget a request: it is done."""
        self._write("DELETE FROM operation WHERE id = ?", row)

    def operations(self) -> list[Operation]:
        """All requests that are to be done."""
        return [Operation(*row) for row in self._db.execute("SELECT * FROM operation ORDER BY id")]

    def put_lock(self, lock: Lock) -> None:
        """Keep that an entity belongs to an orchestration."""
        self._write("INSERT OR REPLACE INTO lock VALUES (?, ?, ?)", *lock)

    def delete_lock(self, entity: str) -> None:
        """An entity belongs to nobody any more."""
        self._write("DELETE FROM lock WHERE entity = ?", entity)

    def locks(self) -> list[Lock]:
        """All entities that belong to somebody."""
        return [Lock(*row) for row in self._db.execute("SELECT entity, section, owner FROM lock")]


def path_for(root: Path, hub: str) -> Path:
    """Where a task hub of the app in a folder is kept."""
    return root / FOLDER / f"taskhub-{hub}.sqlite"
