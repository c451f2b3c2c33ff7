"""A MariaDB server for tests."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import pymysql
from pymysql.cursors import DictCursor


class Maria:
    """A server whose root has no password."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], log: Path, authority: Path) -> None:
        self.port = port
        self.authority = authority
        """The file of who has signed its certificate."""
        self._process = process
        self._log = log

    def wait(self) -> None:
        """Wait until it answers."""
        while True:
            try:
                self.run("SELECT 1")
            except pymysql.MySQLError:  # noqa: PERF203 - it is still starting
                assert self._process.poll() is None, self._log.read_text("utf-8", "replace")
                time.sleep(0.05)
            else:
                return

    def database(self, name: str) -> str:
        """A fresh database; gives the connection string that apps have for it."""
        self.run(f"DROP DATABASE IF EXISTS {name}")
        self.run(f"CREATE DATABASE {name}")
        return f"Server=127.0.0.1;Port={self.port};Database={name};Uid=root;Pwd=;"

    def run(self, command: str, *values: Any, database: str | None = None) -> list[dict[str, Any]]:
        """Run a command."""
        connection = pymysql.connect(
            host="127.0.0.1", port=self.port, user="root", database=database, autocommit=True, cursorclass=DictCursor
        )
        with connection, connection.cursor() as cursor:
            cursor.execute(command, values or None)
            return list(cursor.fetchall())
