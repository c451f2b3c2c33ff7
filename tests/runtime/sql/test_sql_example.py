"""The example apps, as their readers would try them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from example_app import copy
from host_driver import Host
from maria import Maria


def test_it_runs(start: Callable[..., Host], tmp_path: Path) -> None:
    host = start(root=copy("sql", tmp_path))
    assert [row["Name"] for row in host.get("/api/products/5").json] == ["tea"]
    assert (
        host.request(
            "PUT", "/api/products", '[{"Id": 1, "Name": "green tea", "Cost": 5}, {"Id": 3, "Name": "milk"}]'
        ).status
        == 201
    )
    host.log("changed product 1")
    host.log("new product 3")
    assert [row["Name"] for row in host.get("/api/products/9").json] == ["green tea", "coffee"]


def tried(host: Host) -> None:
    """What a reader of the MySQL example would do."""
    guests = [{"id": 1, "name": "ann", "room": 14}, {"name": "eve", "room": 14}]
    assert host.request("PUT", "/api/guests", json.dumps(guests[0])).status == 201
    assert host.request("PUT", "/api/guests", json.dumps(guests[1])).status == 201
    assert [guest["name"] for guest in host.get("/api/rooms/14").json] == ["ann", "bob", "eve"]
    host.log("hello ann in room 14")
    host.log("hello eve in room 14")


def test_mysql_runs(start: Callable[..., Host], tmp_path: Path) -> None:
    tried(start(root=copy("mysql", tmp_path)))


def test_mysql_runs_on_a_server(start: Callable[..., Host], tmp_path: Path, maria: Maria) -> None:
    connection = maria.database("hotel")
    maria.run(
        "CREATE TABLE guests (id INTEGER PRIMARY KEY AUTO_INCREMENT, name VARCHAR(100) NOT NULL, room INT,"
        " az_func_updated_at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))", database="hotel",
    )  # fmt: skip
    maria.run("INSERT INTO guests (name, room) VALUES ('ann', 12), ('bob', 14)", database="hotel")
    root = copy("mysql", tmp_path)
    settings = json.loads((root / "local.settings.json").read_text("utf-8"))
    settings["Values"]["MySqlConnectionString"] = connection
    (root / "local.settings.json").write_text(json.dumps(settings), "utf-8")
    tried(start(root=root))
