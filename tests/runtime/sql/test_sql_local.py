"""SQL and MySQL functions on the local database, through a real host and worker."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from host_driver import HEADER, Host, invoke, write_app
from products import PUT

SETTINGS = {"IsEncrypted": False, "Values": {"DB": ""}}
SCHEMA = "CREATE TABLE dbo.Products (Id INT PRIMARY KEY, Name NVARCHAR(100) NOT NULL, Cost INT);\n"
WATCH = """
@app.sql_trigger(arg_name="changes", table_name="[dbo].[Products]", connection_string_setting="DB")
def watch(changes: str) -> None:
    logging.info("changes %s", changes)
"""


def app(schema: str = SCHEMA, **settings: str) -> dict[str, Any]:
    values = {"IsEncrypted": False, "Values": {"DB": "", **settings}}
    return {"local__settings_json": values, "DB_sql": schema}


def changes(host: Host, count: int = 1) -> Any:
    return json.loads(host.log("changes [", count)["message"].removeprefix("changes "))


def test_rows_are_added_updated_and_read(start: Callable[..., Host]) -> None:
    host = start(PUT, **app())
    assert host.post("/api/put", {"Id": 1, "Name": "tea", "Cost": 5}).text == "ok"
    assert host.post("/api/put", [{"Id": 1, "Name": "green tea"}, {"Id": 2, "Name": "milk"}]).text == "ok"
    assert host.get("/api/one?id=1").json == [{"Id": 1, "Name": "green tea", "Cost": 5}]
    assert host.get("/api/one?id=2").json == [{"Id": 2, "Name": "milk", "Cost": None}]
    assert host.get("/api/one?id=null").json == []
    assert (host.root / ".pystein" / "sql" / "DB.sqlite").is_file()


@pytest.mark.parametrize(("body", "why"), [
    ({"Id": 1, "Nme": "x"}, "out: The following properties do not exist in the table dbo.Products: Nme."),
    ({"Name": "x"}, "Missing primary keys: [Id]"),
    ([{"Id": 7, "Name": "x"}, {"Id": 8, "Name": None}], "NOT NULL constraint failed: Products.Name"),
])  # fmt: skip
def test_rows_that_do_not_fit(start: Callable[..., Host], body: Any, why: str) -> None:
    host = start(PUT, **app())
    assert host.post("/api/put", body).status == 500
    assert why in host.invocation("put")["error"]["message"]
    assert host.get("/api/one?id=7").json == [], "all rows or none"


def test_mistakes_in_commands_and_schema(start: Callable[..., Host]) -> None:
    host = start(
        """
@app.route(route="table")
@app.sql_input(arg_name="found", command_text="SELECT * FROM dbo.Missing", connection_string_setting="DB")
def table(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="words")
@app.sql_input(arg_name="found", command_text="SELEKT 1", connection_string_setting="DB")
def words(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="procedure")
@app.sql_input(arg_name="found", command_text="GetAll", command_type="StoredProcedure", connection_string_setting="DB")
def procedure(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="parameter")
@app.sql_input(arg_name="found", command_text="SELECT @a AS a", parameters="a=1", connection_string_setting="DB")
def parameter(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="schema")
@app.sql_input(arg_name="found", command_text="SELECT 1", connection_string_setting="BAD")
def schema(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="fine")
@app.sql_input(arg_name="found", command_text="SELECT 1 AS one", connection_string_setting="DB")
def fine(req: func.HttpRequest, found: str) -> str: return found
""", **app(), BAD_sql="CREATE TABEL x;")  # fmt: skip
    said = {
        "table": "no such table: Missing. Tables of the local database are made by DB.sql in the app's folder",
        "words": 'The command cannot be run in the local database, which is SQLite: near "SELEKT": syntax error.',
        "procedure": "The local database is SQLite and has no stored procedures: 'GetAll' needs a real server.",
        "parameter": 'Parameter name must start with "@"',
        "schema": "BAD.sql cannot be run in the new local database: near",
    }
    for name, why in said.items():
        assert host.get(f"/api/{name}").status == 500
        assert why in host.invocation(name)["error"]["message"]
    assert host.get("/api/fine").json == [{"one": 1}]


def test_changes_reach_the_function(start: Callable[..., Host]) -> None:
    host = start(PUT + WATCH, **app())
    host.post("/api/put", {"Id": 1, "Name": "tea", "Cost": 5})
    assert changes(host) == [{"Operation": 0, "Item": {"Id": 1, "Name": "tea", "Cost": 5}}]
    host.post("/api/put", {"Id": 1, "Name": "milk"})
    assert changes(host, 2) == [{"Operation": 1, "Item": {"Id": 1, "Name": "milk", "Cost": 5}}]
    with sqlite3.connect(host.root / ".pystein" / "sql" / "DB.sqlite") as other:  # any program may change the file
        other.execute("DELETE FROM Products")
    other.close()
    assert changes(host, 3) == [{"Operation": 2, "Item": {"Id": 1}}]


def test_changes_wait_for_a_host_and_come_once(start: Callable[..., Host]) -> None:
    host = start(PUT + WATCH, **app())
    host.post("/api/put", {"Id": 1, "Name": "a"})
    changes(host)
    host.invocation("watch")
    assert host.stop() == 0
    with sqlite3.connect(host.root / ".pystein" / "sql" / "DB.sqlite") as other:
        other.execute("INSERT INTO Products VALUES (2, 'b', 0)")
    other.close()
    host = start(None, root=host.root)
    assert changes(host) == [{"Operation": 0, "Item": {"Id": 2, "Name": "b", "Cost": 0}}]


def test_changes_that_fail_come_again_five_times(start: Callable[..., Host]) -> None:
    host = start(
        PUT + """
@app.sql_trigger(arg_name="changes", table_name="Products", connection_string_setting="DB")
def watch(changes: str) -> None:
    if "bad" in changes:
        raise ValueError("no")
    logging.info("changes %s", changes)
""", **app())  # fmt: skip
    host.post("/api/put", {"Id": 1, "Name": "bad"})
    host.wait("host", lambda line: "failed 5 times on the same 1 changes of the table Products" in line["message"])
    assert len([line for line in host.lines if line.get("event") == "invocation" and line["function"] == "watch"]) == 5
    host.post("/api/put", {"Id": 2, "Name": "good"})
    assert [change["Item"]["Id"] for change in changes(host)] == [2]


def test_batches(start: Callable[..., Host]) -> None:
    host = start(PUT + WATCH, **app(Sql_Trigger_MaxBatchSize="3"))
    host.post("/api/put", [{"Id": number, "Name": "x"} for number in range(8)])
    sizes = [len(changes(host, count)) for count in (1, 2, 3)]
    assert sizes == [3, 3, 2]


def test_tables_that_cannot_be_followed(start: Callable[..., Host]) -> None:
    host = start(
        """
@app.sql_trigger(arg_name="changes", table_name="dbo.Missing", connection_string_setting="DB")
def lost(changes: str) -> None: ...
@app.sql_trigger(arg_name="changes", table_name="Keyless", connection_string_setting="DB")
def keyless(changes: str) -> None: ...
@app.mysql_trigger(arg_name="changes", table_name="Products", connection_string_setting="DB")
def undated(changes: str) -> None: ...
""", **app(SCHEMA + "CREATE TABLE Keyless (a INT);"))  # fmt: skip
    said = {
        "lost": "Could not find table: 'dbo.Missing'. Tables of the local database are made by DB.sql",
        "keyless": "Could not find primary key(s) for table: 'Keyless'.",
    }
    for name, why in said.items():
        assert why in host.wait("host", lambda line, name=name: f"'{name}' was unable" in line["message"])["message"]


def test_mysql_in_the_local_database(start: Callable[..., Host]) -> None:
    schema = (
        "CREATE TABLE Products (Id INTEGER PRIMARY KEY, Name TEXT, az_func_updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);"
        "CREATE TABLE Undated (Id INTEGER PRIMARY KEY);"
    )
    host = start(
        """
import json
@app.route(route="put", methods=["POST"])
@app.mysql_output(arg_name="out", command_text="Products", connection_string_setting="DB")
def put(req: func.HttpRequest, out: func.Out[func.MySqlRow]) -> str:
    out.set(func.MySqlRow.from_dict(req.get_json()))
    return "ok"
@app.route(route="all")
@app.mysql_input(arg_name="found", command_text="SELECT Id, Name FROM `Products` WHERE Name = @name",
                 parameters="@name={Query.name}", connection_string_setting="DB")
def all_(req: func.HttpRequest, found: func.MySqlRowList) -> str:
    return json.dumps([json.loads(row.to_json()) for row in found])
@app.mysql_trigger(arg_name="rows", table_name="Products", connection_string_setting="DB")
def watch(rows: func.MySqlRowList) -> None:
    logging.info("changes %s", json.dumps([json.loads(row.to_json()) for row in rows]))
@app.mysql_trigger(arg_name="changes", table_name="Undated", connection_string_setting="DB")
def undated(changes: str) -> None: ...
""", **app(schema))  # fmt: skip
    assert host.post("/api/put", {"Name": "tea"}).text == "ok", "the database gives the key"
    assert host.get("/api/all?name=tea").json == [{"Id": 1, "Name": "tea"}]
    (change,) = changes(host)
    assert (change["Operation"], change["Item"]["Id"], change["Item"]["Name"]) == (0, 1, "tea")
    assert change["Item"]["az_func_updated_at"].startswith("20")
    host.wait("host", lambda line: "does not have the column named 'az_func_updated_at'" in line["message"])


def test_a_reload_goes_on(start: Callable[..., Host]) -> None:
    host = start(PUT + WATCH, **app())
    host.post("/api/put", {"Id": 1, "Name": "a"})
    changes(host)
    (host.root / "function_app.py").write_text(
        HEADER + PUT + WATCH.replace("changes %s", "changed: changes %s"), "utf-8"
    )
    host.wait("reloaded")
    host.post("/api/put", {"Id": 2, "Name": "b"})
    assert '"Id": 2' in host.log("changed: changes")["message"]


def test_by_hand(tmp_path: Path) -> None:
    root = write_app(tmp_path / "app", PUT + WATCH, **app())
    invoke(root, "put", "--data", '{"Id": 5, "Name": "kept"}')
    result = invoke(root, "one", "--query", "id=5").json
    assert json.loads(result["return"]["body"]) == [{"Id": 5, "Name": "kept", "Cost": None}]
    assert "changes" in invoke(root, "watch", "--data", '{"Id": 9}').json["logs"][0]["message"]
    assert (
        '{"Operation": 0, "Item": {"Id": 9}}' in invoke(root, "watch", "--data", '{"Id": 9}').json["logs"][0]["message"]
    )
    assert invoke(root, "watch").json["status"] == "succeeded"
    refused = invoke(root, "watch", "--data", "words")
    assert (refused.status, "A row must be a JSON object" in refused.err) == (2, True)


def test_a_file_of_ones_own(start: Callable[..., Host]) -> None:
    host = start(PUT, **app(DB="sqlite:///data/shop.sqlite"))
    host.post("/api/put", {"Id": 1, "Name": "a"})
    assert (host.root / "data" / "shop.sqlite").is_file()


def test_a_reload_while_changes_are_worked_on(start: Callable[..., Host]) -> None:
    slow = """
@app.sql_trigger(arg_name="changes", table_name="Products", connection_string_setting="DB")
def watch(changes: str) -> None:
    import pathlib, time
    logging.info("begun %s", changes)
    while not pathlib.Path("go").exists():
        time.sleep(0.05)
    logging.info("ended %s", changes)
"""
    host = start(PUT + slow, **app())
    host.post("/api/put", {"Id": 1, "Name": "a"})
    host.log("begun")
    (host.root / "function_app.py").write_text(HEADER + PUT + slow.replace("begun", "begun anew"), "utf-8")
    host.wait("reloaded")
    (host.root / "go").touch()
    host.log("ended")
    host.post("/api/put", {"Id": 2, "Name": "b"})
    assert '"Id": 2' in host.log("begun anew")["message"], "the first change has been had, and does not come again"


def test_changes_that_a_killed_host_had_begun_come_again(start: Callable[..., Host]) -> None:
    slow = """
@app.sql_trigger(arg_name="changes", table_name="Products", connection_string_setting="DB")
def watch(changes: str) -> None:
    import pathlib, time
    logging.info("begun %s", changes)
    while not pathlib.Path("go").exists():
        time.sleep(0.05)
    logging.info("ended %s", changes)
"""
    host = start(PUT + slow, **app())
    host.post("/api/put", [{"Id": 1, "Name": "a"}, {"Id": 2, "Name": "b"}])
    host.log("begun")
    host.kill()
    (host.root / "go").touch()
    host = start(None, root=host.root)
    ended = json.loads(host.log("ended [")["message"].removeprefix("ended "))
    assert [change["Item"]["Id"] for change in ended] == [1, 2]
