"""A database of the stand-in for SQL Server, as tests use it beside a host."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

FOLDER = Path(__file__).parent / "stand_in"
ENVIRON = {"PYTHONPATH": os.pathsep.join(filter(None, (str(FOLDER), os.environ.get("PYTHONPATH"))))}
"""For hosts: the stand-in comes before the driver."""


def driver() -> ModuleType:
    """The stand-in for the driver, beside a driver that is installed."""
    name = "stand_in_for_mssql_python"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, FOLDER / "mssql_python.py")
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


class Database:
    """One database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = f"Server=stand-in;Initial Catalog={folder};User ID=me;Password=very secret;Pooling=True"

    def run(self, command: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a command by itself, in SQLite's words."""
        connection = driver().connect(f"Server=stand-in;Database={self.folder}")
        try:
            cursor = connection.cursor()
            cursor.execute(command, list(values))
            found = list(cursor.fetchall())
            connection.commit()
            return found
        finally:
            connection.close()

    def table(self, name: str, columns: str, *, tracked: bool = True) -> None:
        """Make a table, with change tracking or without."""
        connection = driver().connect(f"Server=stand-in;Database={self.folder}")
        connection.cursor().execute(f"CREATE TABLE dbo.{name} ({columns})")
        driver().track(connection, name)
        connection.commit()
        connection.close()
        if not tracked:
            self.run("UPDATE sys.objects SET oldest = NULL WHERE name = ?", f"[dbo].[{name}]")

    @property
    def statements(self) -> list[str]:
        """Every statement that was run."""
        return (self.folder / "statements").read_text("utf-8").splitlines()
