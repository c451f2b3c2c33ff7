"""MySQL functions on a real server: MariaDB, as Debian has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pymysql
import pytest
from host_driver import Host, invoke, write_app
from maria import Maria

from pystein_runtime.sql.database import SqlError
from pystein_runtime.sql.mysql import Mysql

TABLE = """
CREATE TABLE products (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(100) NOT NULL, price DECIMAL(8,2), made DATETIME,
  az_func_updated_at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))
"""
SOURCE = """
import json

@app.route(route="put", methods=["POST"])
@app.mysql_output(arg_name="out", command_text="products", connection_string_setting="DB")
def put(req: func.HttpRequest, out: func.Out[func.MySqlRowList]) -> str:
    given = req.get_json()
    out.set(func.MySqlRowList(map(func.MySqlRow.from_dict, given if isinstance(given, list) else [given])))
    return "ok"

@app.route(route="one")
@app.mysql_input(arg_name="found", parameters="@name={Query.name}", connection_string_setting="DB",
                 command_text="SELECT id, name, price, made FROM products WHERE name = @name")
def one(req: func.HttpRequest, found: func.MySqlRowList) -> str:
    return json.dumps([json.loads(row.to_json()) for row in found])

@app.route(route="call")
@app.mysql_input(arg_name="found", command_text="by_name", command_type="StoredProcedure",
                 parameters="@wanted={Query.name}", connection_string_setting="DB")
def call(req: func.HttpRequest, found: str) -> str:
    return found

@app.mysql_trigger(arg_name="changes", table_name="products", connection_string_setting="DB")
def watch(changes: str) -> None:
    logging.info("changes %s", changes)
    if "bad" in changes:
        raise ValueError("no")
"""


def app(connection: str) -> dict[str, Any]:
    return {"local__settings_json": {"IsEncrypted": False, "Values": {"DB": connection}}}


def test_all_of_it(start: Callable[..., Host], maria: Maria) -> None:
    connection = maria.database("shop")
    maria.run(TABLE, database="shop")
    maria.run(
        "CREATE PROCEDURE by_name(IN wanted VARCHAR(100)) SELECT id, name FROM products WHERE name = wanted",
        database="shop",
    )
    host = start(SOURCE, **app(connection))
    assert host.post("/api/put", {"name": "it's tea", "price": 2.5, "made": "2024-05-06T07:08:09"}).text == "ok"
    found = host.get("/api/one?name=it%27s%20tea").json
    assert found == [{"id": 1, "name": "it's tea", "price": 2.5, "made": "2024-05-06T07:08:09.000Z"}]
    assert host.post("/api/put", [{"id": 1, "name": "tea"}, {"id": 7, "name": "milk"}]).text == "ok"
    assert [(row["id"], row["name"]) for row in maria.run("SELECT * FROM products ORDER BY id", database="shop")] == [
        (1, "tea"), (7, "milk"),
    ]  # fmt: skip
    assert host.get("/api/call?name=milk").json == [{"id": 7, "name": "milk"}]
    host.log('"name": "milk"')
    changes = json.loads(host.log("changes [")["message"].removeprefix("changes "))
    assert {change["Operation"] for change in changes} == {0}
    assert set(changes[0]["Item"]) == {
        "id", "name", "price", "made", "az_func_updated_at", "_az_func_AttemptCount", "_az_func_LeaseExpirationTime",
    }  # fmt: skip
    states = maria.run("SELECT * FROM az_func_mysql.GlobalState")
    assert len(states) == 1, "what the platform keeps, where it keeps it"


def test_mistakes(start: Callable[..., Host], maria: Maria) -> None:
    connection = maria.database("mistakes")
    host = start(SOURCE, **app(connection))
    line = host.wait("host", lambda line: "'watch' was unable to start" in line["message"])
    assert "Could not find the specified table products in the database." in line["message"]
    assert host.post("/api/put", {"name": "x"}).status == 500
    assert host.invocation("put")["error"]["message"] == "out: Table products does not exist."
    assert host.get("/api/one?name=x").status == 500
    assert "Table 'mistakes.products' doesn't exist" in host.invocation("one")["error"]["message"]
    maria.run(TABLE, database="mistakes")
    assert host.post("/api/put", {"name": None}).status == 500
    assert "Column 'name' cannot be null" in host.invocation("put", 2)["error"]["message"]
    assert host.post("/api/put", {"name": "x"}).text == "ok", "the connection goes on"


def test_a_server_that_is_not_there(start: Callable[..., Host]) -> None:
    host = start(SOURCE, **app("Server=127.0.0.1;Port=1;Database=x;Uid=root;Pwd=very secret"))
    line = host.wait("host", lambda line: "'watch' was unable to start" in line["message"])
    assert "The MySQL server 127.0.0.1 cannot be reached: " in line["message"]
    assert host.post("/api/put", {"name": "x"}).status == 500
    assert "cannot be reached" in host.invocation("put")["error"]["message"]
    assert "very secret" not in json.dumps(host.lines)


def test_by_hand_a_real_server_is_written_to_only_when_asked(tmp_path: Path, maria: Maria) -> None:
    connection = maria.database("by_hand")
    maria.run(TABLE, database="by_hand")
    root = write_app(tmp_path / "app", SOURCE, **app(connection))
    result = invoke(root, "put", "--data", '{"name": "x"}').json
    assert result["notes"] == ["out was not written: DB is a real service."]
    assert maria.run("SELECT * FROM products", database="by_hand") == []
    assert invoke(root, "put", "--data", '{"name": "x"}', "--send").json["status"] == "succeeded"
    assert [row["name"] for row in maria.run("SELECT * FROM products", database="by_hand")] == ["x"]


def test_changes_that_fail_come_again_five_times(start: Callable[..., Host], maria: Maria) -> None:
    connection = maria.database("failing")
    maria.run(TABLE, database="failing")
    host = start(SOURCE, **app(connection))
    maria.run("INSERT INTO products (name) VALUES ('bad')", database="failing")
    host.wait("host", lambda line: "failed 5 times on the same 1 changes of the table products" in line["message"])
    assert len([line for line in host.lines if line.get("event") == "invocation"]) == 5
    maria.run("INSERT INTO products (name) VALUES ('good')", database="failing")
    host.log('"name": "good"')


def test_what_somebody_works_on_is_not_for_others(maria: Maria) -> None:
    connection = maria.database("leased")
    maria.run(TABLE, database="leased")
    one, other = Mysql(connection), Mysql(connection)
    one.watch("products", "f", "my leases")
    other.watch("products", "f", "my leases")
    maria.run("INSERT INTO products (name) VALUES ('a'), ('b')", database="leased")
    mine = one.changes("products", "f", 1)
    assert [change.item["name"] for change in mine] == ["a"]
    (yours,) = other.changes("products", "f", 10)
    assert (yours.item["name"], yours.attempt) == ("b", 1)
    maria.run("UPDATE az_func_mysql.`my leases` SET _az_func_LeaseExpirationTime = '2000-01-01'")
    one.renew("products", "f", mine)
    (late,) = other.changes("products", "f", 10)
    assert (late.item["name"], late.attempt) == ("b", 2)
    one.again("products", "f", mine)
    other.done("products", "f", [late])
    (again,) = other.changes("products", "f", 10)
    assert (again.item["name"], again.attempt) == ("a", 2)
    for database in (one, other):
        database.close()


def test_a_connection_that_was_lost_is_made_again(maria: Maria) -> None:
    database = Mysql(maria.database("lost"))
    (mine,) = database.query("SELECT CONNECTION_ID() AS id", {})
    maria.run(f"KILL CONNECTION {mine['id']}")
    (other,) = database.query("SELECT CONNECTION_ID() AS id", {})
    assert other["id"] != mine["id"]
    database.close()


def test_a_slow_command_holds_up_no_other(start: Callable[..., Host], maria: Maria) -> None:
    host = start(
        """
@app.route(route="slow")
@app.mysql_input(arg_name="found", command_text="SELECT GET_LOCK('door', 60) AS opened", connection_string_setting="DB")
def slow(req: func.HttpRequest, found: str) -> str: return found
@app.route(route="quick")
@app.mysql_input(arg_name="found", command_text="SELECT 1 AS one", connection_string_setting="DB")
def quick(req: func.HttpRequest, found: str) -> str: return found
""",
        **app(maria.database("slow")),
    )
    connection = pymysql.connect(host="127.0.0.1", port=maria.port, user="root")
    with connection, connection.cursor() as cursor, ThreadPoolExecutor(1) as thread:
        cursor.execute("SELECT GET_LOCK('door', 60)")
        waiting = thread.submit(host.get, "/api/slow")
        while not maria.run("SELECT id FROM information_schema.processlist WHERE state = 'User lock'"):
            assert not waiting.done()
        assert host.get("/api/quick").json == [{"one": 1}]
        assert not waiting.done()
        cursor.execute("SELECT RELEASE_LOCK('door')")
        assert waiting.result().json == [{"opened": 1}]


@pytest.mark.parametrize(("mode", "secured"), [
    ("SslMode=None", False), ("SslMode=Required", True), ("SslMode=VerifyCA;SslCa={ca}", True),
    ("Ssl Mode=VerifyFull;SSL CA={ca}", True),
])  # fmt: skip
def test_tls(maria: Maria, mode: str, secured: bool) -> None:
    place = maria.database("tls").replace("127.0.0.1", "localhost")
    database = Mysql(place + mode.format(ca=maria.authority))
    (row,) = database.query("SHOW STATUS LIKE 'Ssl_cipher'", {})
    assert bool(row["Value"]) == secured
    database.close()


@pytest.mark.parametrize(("mode", "why"), [
    ("SslMode=VerifyFull", "cannot be reached: .*certificate verify failed"),
    ("SslMode=VerifyCA;SslCa=/nowhere/ca.pem", "The file of SslCa, '/nowhere/ca.pem', cannot be used"),
    ("Port=many", "The port 'many' of the connection string is not a number."),
    ("SslMode=Sometimes", "SslMode 'sometimes' is not known: use one of None, Preferred"),
])  # fmt: skip
def test_connections_that_cannot_be_made(maria: Maria, mode: str, why: str) -> None:
    with pytest.raises(SqlError, match=why):
        Mysql(maria.database("tls") + mode).query("SELECT 1", {})
