"""What goes to the driver of SQL Server: connection strings as .NET has them, and statements that are T-SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from host_driver import Host
from tsql import Database, driver

from pystein_runtime.sql import connection_strings, sql_server, sql_server_strings
from pystein_runtime.sql.sql_server import SqlServer
from pystein_runtime.sql.sql_server_changes import function_id

AZURE = (
    "Server=tcp:shop.database.windows.net,1433;Initial Catalog=shop;Persist Security Info=False;User ID=me;"
    "Password={};MultipleActiveResultSets=False;Encrypt=True;TrustServerCertificate=False;Connection Timeout=7;"
)


@pytest.mark.parametrize(("text", "wanted"), [
    (AZURE.format("'a;b}c'"),
     "Server=tcp:shop.database.windows.net,1433;Database=shop;UID=me;PWD={a;b}}c};Encrypt=yes;TrustServerCertificate=no"),
    ("Data Source=.;Database=x;Integrated Security=SSPI;Max Pool Size=5", "Server=.;Database=x;Trusted_Connection=yes"),
    ("Server=s;Database=x;Authentication=Active Directory Default;Encrypt=Strict;MultiSubnetFailover=True",
     "Server=s;Database=x;Authentication=ActiveDirectoryDefault;Encrypt=Strict;MultiSubnetFailover=yes"),
    ("Server=s;Uid=u;Pwd=p;Trust Server Certificate=True;Packet Size=8000;Application Intent=ReadOnly",
     "Server=s;UID=u;PWD=p;TrustServerCertificate=yes;PacketSize=8000;ApplicationIntent=ReadOnly"),
    ("Server=s;Databse=x", "Server=s;databse=x"),
])  # fmt: skip
def test_connection_strings(text: str, wanted: str) -> None:
    assert sql_server_strings.for_driver(connection_strings.parts(text)) == wanted


def test_how_long_connecting_may_take() -> None:
    assert sql_server_strings.seconds(connection_strings.parts(AZURE.format("x"))) == 7
    assert sql_server_strings.seconds({"timeout": "soon"}) is None


def test_a_function_is_called_as_the_platform_calls_it() -> None:
    # .NET: new Guid(SHA256("abc")[..16]).ToString("N")[..16]; SHA-256 of "abc" begins with ba7816bf8f01cfea414140de5dae2223
    assert function_id("abc") == "bf1678ba018feacf"


@pytest.mark.parametrize(("text", "wanted"), [
    ("Client unable to establish connection; DDBC Error: [Microsoft]TCP Provider: Error code 0x2749",
     "nobody answers there (connection refused); Client unable"),
    ("DDBC Error: Failed to load the driver. Please read", "(Debian: apt-get install libltdl7"),
    ("Two\nlines.", "Two lines"),
])  # fmt: skip
def test_what_the_driver_says(text: str, wanted: str) -> None:
    assert wanted in sql_server_strings.explained(text)


def test_the_real_driver_without_a_server(start: Callable[..., Host]) -> None:
    pytest.importorskip("mssql_python")
    host = start(
        """
@app.sql_trigger(arg_name="changes", table_name="dbo.Products", connection_string_setting="DB")
def watch(changes: str) -> None: ...
@app.route(route="rows")
@app.sql_input(arg_name="found", command_text="SELECT 1", connection_string_setting="DB")
def rows(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="wrong")
@app.sql_input(arg_name="found", command_text="SELECT 1", connection_string_setting="WRONG")
def wrong(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="ping")
def ping(req: func.HttpRequest) -> str: return "pong"
""",
        local__settings_json={"IsEncrypted": False, "Values": {
            "DB": "Data Source=127.0.0.1,1;Initial Catalog=x;User ID=me;Password=very secret;Connect Timeout=1",
            "WRONG": "Server=127.0.0.1,1;Databse=x",
        }},
    )  # fmt: skip
    line = host.wait("host", lambda line: "'watch' was unable to start" in line["message"])
    why = re.search(r"The SQL Server 127.0.0.1,1 cannot be reached: (.*)", line["message"])
    assert why is not None
    assert "connection refused" in why[1] or "Its libraries are missing on this machine" in why[1]
    assert host.get("/api/rows").status == 500
    assert "cannot be reached" in host.invocation("rows")["error"]["message"]
    assert host.get("/api/wrong").status == 500
    assert "keyword 'databse' is not recognized" in host.invocation("wrong")["error"]["message"]
    assert host.get("/api/ping").text == "pong", "the rest goes on"
    assert "very secret" not in json.dumps(host.lines)


def test_every_statement_is_t_sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlglot = pytest.importorskip("sqlglot")
    monkeypatch.setattr(sql_server, "import_module", lambda _: driver())
    database = Database(tmp_path)
    database.table("Stock", "Place NVARCHAR(20), Sku INT, Count INT, PRIMARY KEY (Place, Sku)")
    server = SqlServer(database.connection)
    before = set(database.statements)
    server.watch("dbo.Stock", "f")
    known = server.describe("dbo.Stock")
    for count in (1, 2):
        server.upsert("dbo.Stock", known, known.columns, [["a", 1, count], ["b", 2, count]])
        server.again("dbo.Stock", "f", server.changes("dbo.Stock", "f", 10))
        taken = server.changes("dbo.Stock", "f", 10)
        server.renew("dbo.Stock", "f", taken)
        server.done("dbo.Stock", "f", taken)
    server.query("SELECT TOP 2 * FROM [dbo].[Stock] WHERE Sku = @sku", {"sku": "1"})
    found = set(database.statements) - before
    for verb in ("CREATE TABLE", "INSERT", "UPDATE", "DELETE", "MERGE", "SELECT TOP", "EXEC", "SET NOCOUNT"):
        assert any(statement.startswith(verb) for statement in found), verb
    for statement in found:
        # The parser does not know what follows CHANGES; the rest of the statement is its to judge.
        plain = re.sub(r"CHANGETABLE\(CHANGES (\S+), \d+\)", r"\1", statement)
        parsed = sqlglot.parse(plain, dialect="tsql")
        assert statement.startswith("EXEC") or not isinstance(parsed[0], sqlglot.exp.Command), statement
