"""Reading SQL, names, parameters and connection strings; rows to and from JSON."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from pystein_runtime.sql import connection_strings, parameters, rows, tokens
from pystein_runtime.sql.database import Key, SqlError, Table
from pystein_runtime.sql.sqlite import Sqlite


@pytest.mark.parametrize(("text", "found"), [
    ("", {}),
    ("@id=5", {"id": "5"}),
    (",@a=1,,@b=null,@c=,", {"a": "1", "b": None, "c": ""}),
    ("@a=NULL", {"a": None}),
    ("@name=two words", {"name": "two words"}),
])  # fmt: skip
def test_parameters(text: str, found: dict[str, str | None]) -> None:
    assert parameters.parse(text) == found


@pytest.mark.parametrize(("text", "why"), [
    ("id=5", 'must start with "@"'), ("@id", 'must be separated by "="'), ("@id=1=2", 'must be separated by "="'),
])  # fmt: skip
def test_parameters_that_are_none(text: str, why: str) -> None:
    with pytest.raises(SqlError, match=why):
        parameters.parse(text)


@pytest.mark.parametrize(("name", "parts"), [
    ("Products", ["Products"]), ("dbo.Products", ["dbo", "Products"]), ("[dbo].[My Table]", ["dbo", "My Table"]),
    ("[a.b].[c]]d]", ["a.b", "c]d"]), ('"dbo"."x"', ["dbo", "x"]), ("`shop`.`order`", ["shop", "order"]),
])  # fmt: skip
def test_names_of_tables(name: str, parts: list[str]) -> None:
    assert tokens.name_parts(name) == parts


def test_parameters_outside_of_strings_and_comments_only() -> None:
    command = "SELECT '@a''@a', [@a], `@a`, @A, @@VERSION -- @a\n/* @a */ FROM t WHERE x = @a"
    marked = tokens.with_parameters(command, lambda _: "?")
    assert marked == "SELECT '@a''@a', [@a], `@a`, ?, @@VERSION -- @a\n/* @a */ FROM t WHERE x = ?"


def test_connection_strings() -> None:
    text = "Server=tcp:host,1433;Initial Catalog=shop; User Id = me ;Password='a;b''c=d';Encrypt=True"
    assert connection_strings.parts(text) == {
        "server": "tcp:host,1433", "initialcatalog": "shop", "userid": "me", "password": "a;b'c=d", "encrypt": "True",
    }  # fmt: skip


def test_values_as_the_platform_writes_them() -> None:
    moment = datetime(2024, 5, 6, 7, 8, 9, 123456, timezone.utc)
    row = {
        "moment": moment, "plain": moment.replace(tzinfo=None), "day": date(2024, 5, 6), "whole": Decimal("3.00"),
        "part": Decimal("3.25"), "bytes": b"\0\1", "length": timedelta(hours=1, minutes=2), "time": time(7, 8), "none": None,
    }  # fmt: skip
    assert rows.to_json(row) == (
        '{"moment": "2024-05-06T07:08:09.123Z", "plain": "2024-05-06T07:08:09.123Z", "day": "2024-05-06T00:00:00.000Z",'
        ' "whole": 3, "part": 3.25, "bytes": "AAE=", "length": "01:02:00", "time": "07:08:00", "none": null}'
    )


KNOWN = Table(("id", "name"), (Key("id", generated=False),))


@pytest.mark.parametrize(("known", "given", "why"), [
    (Table((), ()), [{"id": 1}], "Table t does not exist."),
    (Table(("id",), ()), [{"id": 1}], "Did not retrieve any primary keys for t."),
    (KNOWN, [{"id": 1, "nme": 2}], "do not exist in the table t: nme. Its columns: id, name."),
    (KNOWN, [{"name": 2}], "Missing primary keys: \\[id\\]"),
    (KNOWN, [{"id": 1, "name": {}}], "The value for the column 'name' must be a text"),
    (Table(("id",), (Key("id", generated=True),)), [{}], "No property values found"),
])  # fmt: skip
def test_rows_that_do_not_fit(known: Table, given: list[dict[str, object]], why: str) -> None:
    with pytest.raises(SqlError, match=why):
        rows.to_write("t", known, given)


def test_the_first_row_says_the_columns() -> None:
    assert rows.to_write("t", KNOWN, [{"id": 1, "name": "a"}, {"id": 2}]) == (["id", "name"], [[1, "a"], [2, None]])


@pytest.fixture
def local(tmp_path: Path) -> Sqlite:
    (tmp_path / "schema.sql").write_text(
        "CREATE TABLE [dbo].[Items] (Id INTEGER PRIMARY KEY, Name TEXT, Sum REAL)", "utf-8"
    )
    database = Sqlite(tmp_path / "local.sqlite", tmp_path / "schema.sql", mysql=False)
    database.upsert("Items", database.describe("Items"), ["Id", "Name"], [[n, f"n{n}"] for n in range(1, 6)])
    return database


@pytest.mark.parametrize(("command", "found"), [
    ("SELECT TOP 2 Id FROM dbo.Items ORDER BY Id DESC;", [{"Id": 5}, {"Id": 4}]),
    ("select distinct top (1) Name from [dbo].Items where Id = @id", [{"Name": "n3"}]),
    ("SELECT LEN(Name) AS l, CONCAT(Name, '-', Id) AS c FROM `Items` WHERE Id = @ID", [{"l": 2, "c": "n3-3"}]),
    ("SELECT 'dbo.x' AS t, GETDATE() > '2020' AS n FROM Items WHERE Id = 1", [{"t": "dbo.x", "n": 1}]),
    ("SELECT Id FROM dbo.Items ORDER BY Id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY;", [{"Id": 2}, {"Id": 3}]),
    ("SELECT Id FROM Items ORDER BY Id OFFSET @id ROWS", [{"Id": 4}, {"Id": 5}]),
    ("SELECT TOP (@id) Id FROM dbo.Items ORDER BY Id", [{"Id": 1}, {"Id": 2}, {"Id": 3}]),
    ("-- the first\nSELECT TOP 1 Id FROM dbo.Items ORDER BY Id; -- '@id'", [{"Id": 1}]),
    ("SELECT Id FROM Items ORDER BY Id OFFSET 4 ROWS FETCH NEXT 1 ROW ONLY /* the last */", [{"Id": 5}]),
    ("SELECT N'dbo.n' AS t, ISNULL(Sum, 7) AS s FROM Items WHERE Name = N'n2' AND Sum ISNULL", [{"t": "dbo.n", "s": 7}]),
    ("UPDATE Items SET Name = 'x' WHERE Id = @id", []),
])  # fmt: skip
def test_commands_of_sql_server_in_the_local_database(
    local: Sqlite, command: str, found: list[dict[str, object]]
) -> None:
    assert local.query(command, {"id": "3"}) == found


def test_changes_are_netted(local: Sqlite) -> None:
    local.watch("dbo.Items", "f")
    local.watch("items", "other")
    local.query("INSERT INTO Items VALUES (10, 'new', 0); ", {})
    local.query("UPDATE Items SET Name = 'newer' WHERE Id = 10", {})
    local.query("UPDATE Items SET Name = 'changed' WHERE Id = 1", {})
    local.query("DELETE FROM Items WHERE Id = 2", {})
    local.query("INSERT INTO Items VALUES (11, 'short', 0)", {})
    local.query("DELETE FROM Items WHERE Id = 11", {})
    local.query("UPDATE Items SET Id = 30 WHERE Id = 3", {})
    changes = local.changes("Items", "f", 100)
    assert {(change.operation, change.item["Id"], change.item.get("Name")) for change in changes} == {
        (0, 10, "newer"), (1, 1, "changed"), (2, 2, None), (2, 11, None), (2, 3, None), (1, 30, "n3"),
    }  # fmt: skip
    assert len(local.changes("Items", "f", 2)) == 2
    local.done("Items", "f", changes)
    assert local.changes("Items", "f", 100) == []
    local.query("UPDATE Items SET Name = 'again' WHERE Id = 1", {})
    assert [change.operation for change in local.changes("Items", "f", 100)] == [1]
    assert len(local.changes("ITEMS", "other", 100)) == 6, "each function has its own position"
