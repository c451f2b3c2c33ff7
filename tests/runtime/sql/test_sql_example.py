"""The example app, as its reader would try it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from example_app import copy
from host_driver import Host


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
