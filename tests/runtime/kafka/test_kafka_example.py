"""The example app, as its reader would try it; and many invocations as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from example_app import copy
from host_driver import Host


def test_it_runs(start: Callable[..., Host], tmp_path: Path) -> None:
    host = start(root=copy("kafka", tmp_path))
    assert host.wait("ready")["cloud"]["kafka"].startswith("127.0.0.1:"), "clients of one's own find it"
    assert host.post("/api/orders", {"customer": "ann", "amount": 3}).status == 202
    host.log('ann ordered {"customer": "ann", "amount": 3} (partition')
    host.log("1 orders, amount 3")
    orders = [{"customer": f"c{number}", "amount": 1} for number in range(300)]
    host.post("/api/orders", orders)
    for number in range(300):
        host.log(f"c{number} ordered")
    host.wait("host", lambda line: "more executions of 'log' succeeded" in line["message"])
    assert host.other == [], "every line is JSON"
