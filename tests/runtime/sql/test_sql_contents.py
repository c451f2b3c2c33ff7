"""What the dashboard shows of local databases."""

from __future__ import annotations

from collections.abc import Callable

from host_driver import Host

CLOUD = "/admin/pystein/cloud"
SOURCE = """
@app.sql_trigger(arg_name="changes", table_name="Products", connection_string_setting="DB")
def watch(changes: str) -> None: ...
@app.route(route="other")
@app.mysql_input(arg_name="found", command_text="SELECT 1", connection_string_setting="OTHER")
def other(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="real")
@app.mysql_input(arg_name="found", command_text="SELECT 1", connection_string_setting="REAL")
def real(req: func.HttpRequest, found: str) -> str: return found
"""


def test_tables_and_their_rows(start: Callable[..., Host]) -> None:
    host = start(
        SOURCE,
        local__settings_json={
            "IsEncrypted": False,
            "Values": {"DB": "", "OTHER": "", "REAL": "Server=127.0.0.1;Port=1"},
        },
        DB_sql="CREATE TABLE dbo.Products (Id INT PRIMARY KEY, Name TEXT, Picture BLOB);"
        "INSERT INTO dbo.Products VALUES (1, 'tea', x'00ff'), (2, 'milk', NULL);",
        OTHER_sql="CREATE TABEL",
    )
    places = host.get(CLOUD).json["sql"]
    assert {place["name"]: place["count"] for place in places if not place["internal"]} == {"DB/Products": 2}
    assert "DB/az_func_changes" in {place["name"] for place in places if place["internal"]}
    items = host.get(f"{CLOUD}/sql?name=DB/Products").json["items"]
    assert items == [
        {"id": "1", "body": {"Id": 1, "Name": "tea", "Picture": "AP8="}},
        {"id": "2", "body": {"Id": 2, "Name": "milk", "Picture": None}},
    ]
    assert host.get(f"{CLOUD}/sql?name=DB/Products&skip=1").json["items"] == items[1:]
    for name in ("DB/Nope", "REAL/x", "OTHER/x"):
        assert host.get(f"{CLOUD}/sql?name={name}").status == 404
