"""SQL Server functions against the stand-in for a server: rows, changes, leases, what is kept of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from host_driver import Host
from products import PUT
from tsql import ENVIRON, Database, driver

from pystein_runtime.sql import sql_server, sql_server_changes
from pystein_runtime.sql.database import SqlError
from pystein_runtime.sql.sql_server import SqlServer

COLUMNS = "Id INT PRIMARY KEY, Name NVARCHAR(100) NOT NULL, Cost INT"
SOURCE = f"""{PUT}
@app.sql_trigger(arg_name="changes", table_name="[dbo].[Products]", connection_string_setting="DB")
def watch(changes: str) -> None:
    logging.info("changes %s", changes)
    if "bad" in changes:
        raise ValueError("no")
"""
APP = "shop"
STATE = "SELECT UserFunctionID, LastSyncVersion FROM az_func.GlobalState"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "server")


def run(start: Callable[..., Host], database: Database, source: str = SOURCE, **more: str) -> Host:
    values = {"DB": database.connection, "Sql_Trigger_PollingIntervalMs": "50", "WEBSITE_SITE_NAME": APP, **more}
    return start(source, local__settings_json={"IsEncrypted": False, "Values": values}, environ=ENVIRON)


def changes(host: Host, count: int = 1) -> Any:
    return json.loads(host.log("changes [", count)["message"].removeprefix("changes "))


def test_all_of_it(start: Callable[..., Host], database: Database) -> None:
    database.table("Products", COLUMNS)
    host = run(start, database)
    assert host.post("/api/put", {"Id": 1, "Name": "tea", "Cost": 5}).text == "ok"
    assert changes(host) == [{"Operation": 0, "Item": {"Id": 1, "Name": "tea", "Cost": 5}}]
    assert host.post("/api/put", {"Id": 1, "Name": "green tea"}).text == "ok"
    assert changes(host, 2) == [{"Operation": 1, "Item": {"Id": 1, "Name": "green tea", "Cost": 5}}]
    assert host.get("/api/one?id=1").json == [{"Id": 1, "Name": "green tea", "Cost": 5}]
    database.run("DELETE FROM dbo.Products")
    assert changes(host, 3) == [{"Operation": 2, "Item": {"Id": 1}}]
    ((function, _),) = database.run(STATE)
    assert function == sql_server_changes.function_id(APP + "watch"), "as the platform names a function of this app"
    host.invocation("watch", 3)
    assert host.stop() == 0
    database.run("INSERT INTO dbo.Products VALUES (2, 'milk', 1)")
    host = start(None, root=host.root, environ=ENVIRON)
    assert changes(host) == [{"Operation": 0, "Item": {"Id": 2, "Name": "milk", "Cost": 1}}], "what came meanwhile"
    assert "very secret" not in json.dumps(host.lines)


def test_changes_that_fail_come_again_five_times(start: Callable[..., Host], database: Database) -> None:
    database.table("Products", COLUMNS)
    host = run(start, database)
    database.run("INSERT INTO dbo.Products VALUES (1, 'bad', 1)")
    host.wait(
        "host", lambda line: "failed 5 times on the same 1 changes of the table [dbo].[Products]" in line["message"]
    )
    assert len([line for line in host.lines if line.get("event") == "invocation"]) == 5
    database.run("INSERT INTO dbo.Products VALUES (2, 'good', 1)")
    assert [change["Item"]["Id"] for change in changes(host, 6)] == [2], "the rest goes on"


def test_batches(start: Callable[..., Host], database: Database) -> None:
    database.table("Products", COLUMNS)
    database.run("INSERT INTO dbo.Products VALUES (1,'a',1), (2,'b',1), (3,'c',1), (4,'d',1), (5,'e',1)")
    host = run(start, database, Sql_Trigger_BatchSize="2", Sql_Trigger_MaxBatchSize="none")
    assert [len(changes(host, count)) for count in (1, 2, 3)] == [2, 2, 1]
    host.wait("host", lambda line: "'Sql_Trigger_MaxBatchSize': 'none' is not a positive integer" in line["message"])


@pytest.mark.parametrize(("table", "columns", "why"), [
    ("Missing", "", "Could not find table: '[dbo].[Products]'."),
    ("Products", "Id INT", "Could not find primary key created in table: '[dbo].[Products]'."),
    ("Products", "Id INT PRIMARY KEY, _az_func_AttemptCount INT",
     "Found reserved column name(s): '_az_func_AttemptCount' in table: '[dbo].[Products]'."),
    ("Products", "Id INT PRIMARY KEY, Place GEOGRAPHY",
     "Found column(s) with unsupported type(s): 'Place' (type: geography) in table: '[dbo].[Products]'."),
    ("untracked Products", "Id INT PRIMARY KEY",
     "Could not find change tracking enabled for table: '[dbo].[Products]'. Turn it on: ALTER DATABASE ... SET"),
])  # fmt: skip
def test_tables_that_cannot_be_followed(
    start: Callable[..., Host], database: Database, table: str, columns: str, why: str
) -> None:
    if columns:
        tracked, _, name = table.rpartition(" ")
        if "PRIMARY" in columns:
            database.table(name, columns, tracked=not tracked)
        else:
            database.run("CREATE TABLE dbo.Products (Id INT)")
            database.run("INSERT INTO sys.objects VALUES ('[dbo].[Products]', 100, 0)")
    host = run(start, database)
    assert why in host.wait("host", lambda line: "'watch' was unable to start" in line["message"])["message"]
    assert host.get("/api/one?id=1").status == (200 if "Id" in columns else 500)


# -- leases -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch, database: Database) -> Callable[[], SqlServer]:
    """Makes what each host of an app has for itself."""
    monkeypatch.setattr(sql_server, "import_module", lambda _: driver())

    def make() -> SqlServer:
        server = SqlServer(database.connection)
        server.watch("dbo.Stock", "f")
        return server

    return make


def stock(database: Database) -> None:
    database.table("Stock", "Place NVARCHAR(20), Sku INT, Count INT, PRIMARY KEY (Place, Sku)")


def leases(database: Database) -> str:
    ((name,),) = database.run("SELECT name FROM sys.objects WHERE name LIKE '%Leases%'")
    return str(name)


def ids(found: Any) -> list[int]:
    return [change.item["Sku"] for change in found]


def test_who_has_a_lease(database: Database, connect: Callable[[], SqlServer]) -> None:
    stock(database)
    one, other = connect(), connect()
    database.run("INSERT INTO dbo.Stock VALUES ('a', 1, 1), ('a', 2, 1)")
    database.run("INSERT INTO dbo.Stock VALUES ('b', 3, 1)")
    mine = one.changes("dbo.Stock", "f", 2)
    assert ids(mine) == [1, 2]
    assert ids(other.changes("dbo.Stock", "f", 10)) == [3], "what somebody has is not for others"
    database.run(f"UPDATE {leases(database)} SET _az_func_LeaseExpirationTime = '2000-01-01'")
    one.renew("dbo.Stock", "f", mine)
    late = other.changes("dbo.Stock", "f", 10)
    assert [(change.item["Sku"], change.attempt) for change in late] == [(3, 2)], "what was renewed is kept"
    one.again("dbo.Stock", "f", mine)
    mine = other.changes("dbo.Stock", "f", 10)
    assert [(change.item["Sku"], change.attempt) for change in mine] == [(1, 2), (2, 2)], "what was given back is free"
    database.run("UPDATE dbo.Stock SET Count = 9 WHERE Sku = 1")
    other.done("dbo.Stock", "f", mine)
    assert [(change.operation, change.item) for change in one.changes("dbo.Stock", "f", 10)] == [
        (1, {"Place": "a", "Sku": 1, "Count": 9})
    ], "what changed while it was worked on comes by itself"


def test_the_state_moves_when_nothing_is_left_behind(database: Database, connect: Callable[[], SqlServer]) -> None:
    stock(database)
    one, other = connect(), connect()
    for number in (1, 2, 3):
        database.run("INSERT INTO dbo.Stock VALUES ('a', ?, 1)", number)
    begun = database.run(STATE)[0][1]
    first, rest = one.changes("dbo.Stock", "f", 1), other.changes("dbo.Stock", "f", 10)
    other.done("dbo.Stock", "f", rest)
    assert database.run(STATE)[0][1] == begun, "the first change is still somebody's"
    one.done("dbo.Stock", "f", first)
    assert database.run(STATE)[0][1] == first[0].token.version
    kept = database.run(f"SELECT Sku FROM {leases(database)}")
    assert kept == [(2,), (3,)], "leases of what is behind the state are gone"
    assert one.changes("dbo.Stock", "f", 10) == []


def test_what_the_server_has_forgotten(database: Database, connect: Callable[[], SqlServer]) -> None:
    stock(database)
    server = connect()
    database.run("INSERT INTO dbo.Stock VALUES ('a', 1, 1)")
    version = server.changes("dbo.Stock", "f", 1)[0].token.version
    database.run("UPDATE sys.objects SET oldest = ?", version + 10)
    assert server.changes("dbo.Stock", "f", 10) == []
    assert database.run(STATE)[0][1] == version + 10


def test_leases_in_a_table_of_the_apps_choice(monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    monkeypatch.setattr(sql_server, "import_module", lambda _: driver())
    stock(database)
    SqlServer(database.connection).watch("dbo.Stock", "f", "My Leases")
    assert leases(database) == "[az_func].[My Leases]"


def test_mistakes_leave_nothing_behind(database: Database, connect: Callable[[], SqlServer]) -> None:
    stock(database)
    server = connect()
    known = server.describe("dbo.Stock")
    with pytest.raises(SqlError, match=r"The rows cannot be written to dbo.Stock: .*Colour"):
        server.upsert("dbo.Stock", known, ["Place", "Sku", "Colour"], [["a", 1, "red"]])
    server.upsert("dbo.Stock", known, ["Place", "Sku", "Count"], [["a", 1, 2]])
    assert server.query("SELECT Count FROM dbo.Stock WHERE Sku = @sku", {"SKU": "1"}) == [{"Count": 2}]
