"""What nothing that keeps its work can do without, to measure beside it: a row of SQLite written and removed, each for itself.

The journal and the caution are those of the local cloud's store.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

NAME = "a row of SQLite, written and removed"


class Baseline(NamedTuple):
    """Rows in a second; microseconds of the processors for each."""

    rate: float
    processor: float


def measure(count: int = 5000) -> Baseline:
    """Do it so often."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder, "kept"), isolation_level=None)) as kept,
    ):
        kept.execute("PRAGMA journal_mode = WAL")
        kept.execute("PRAGMA synchronous = NORMAL")
        kept.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, body TEXT)")
        began, processor = time.perf_counter(), time.process_time()
        for number in range(count):
            kept.execute("INSERT INTO message VALUES (?, ?)", (number, f'{{"id": {number}}}'))
            kept.execute("DELETE FROM message WHERE id = ?", (number,))
        return Baseline(count / (time.perf_counter() - began), (time.process_time() - processor) * 1e6 / count)
