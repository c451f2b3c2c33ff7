"""Which database a SQL or MySQL binding means: the local one where its connection string is empty or absent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pystein_runtime.host.settings import connection
from pystein_runtime.sql.database import Database, SqlError
from pystein_runtime.sql.worker import Worker

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.services import Services
    from pystein_runtime.host.settings import Connection, Settings

_FILE = "sqlite:///"
_FOLDER = "sql"
_AT_ONCE = 4  # connections to a server for inputs and outputs, which may take their time
_workers: dict[tuple[str, ...], Worker] = {}


def is_mysql(binding: Binding) -> bool:
    """Whether it is one of MySQL's."""
    return binding.type.lower().startswith("mysql")


def find(settings: Settings, binding: Binding) -> Connection:
    """The connection of a binding."""
    return connection(settings, binding.text("connectionStringSetting"), lambda value: value.startswith(_FILE))


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether a binding means the local database."""
    return find(settings, binding).kind in {"development", "missing"}


def database(services: Services, binding: Binding, follower: str = "") -> Worker:
    """The database of a binding; it is opened when something is first done with it.

    Args:
        services: of the app.
        binding: which names the connection.
        follower: the function that follows a table, which has a connection of its own.

    Raises:
        SqlError: the connection cannot be used.
    """
    name = binding.text("connectionStringSetting")
    found = find(services.settings, binding)
    if found.kind == "identity":
        raise SqlError(f"{name} must be a connection string: SQL bindings know no other kind.")
    root = services.root
    local = found.kind in {"development", "missing"}
    key = (str(root), "mysql" if is_mysql(binding) else "sql", found.value or name.lower(), "" if local else follower)
    if key not in _workers:
        threads = 1 if local or follower else _AT_ONCE
        _workers[key] = Worker(lambda: _connect(root, name, found, mysql=is_mysql(binding)), threads)
    return _workers[key]


def _connect(root: Path, name: str, found: Connection, *, mysql: bool) -> Database:
    if found.kind in {"development", "missing"}:
        from pystein_runtime.sql.sqlite import Sqlite  # noqa: PLC0415 - each driver only where it is used

        file = re.sub(r"[^\w-]", "_", name)
        given = found.value.removeprefix(_FILE)
        path = root / given if given else root / ".pystein" / _FOLDER / f"{file}.sqlite"
        return Sqlite(path, root / f"{file}.sql", mysql=mysql)
    if mysql:
        from pystein_runtime.sql.mysql import Mysql  # noqa: PLC0415 - the same

        return Mysql(found.value)
    from pystein_runtime.sql.sql_server import SqlServer  # noqa: PLC0415 - the same

    return SqlServer(found.value)
