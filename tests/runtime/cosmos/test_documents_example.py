"""The example app: documents, the change feed, Event Grid, and the app's own client."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from example_app import copy
from host_driver import Host

from pystein_runtime.cloud import event_grid
from pystein_runtime.cloud.store import Store, path_for


def test_example(start: Callable[..., Host], tmp_path: Path) -> None:
    root = copy("documents", tmp_path)
    host = start(root=root)
    first = host.post("/api/orders", {"customer": "ada", "total": 12.5}).json
    host.post("/api/orders", {"customer": "ada", "total": 30})
    host.post("/api/orders", {"customer": "bob", "total": 1})
    assert host.get(f"/api/orders/ada/{first['id']}").json["total"] == 12.5
    assert host.get("/api/orders/ada/none").status == 404
    assert [order["total"] for order in host.get("/api/orders/ada").json] == [30, 12.5]
    assert host.get("/api/total").text == "43.5"

    def published() -> list[dict[str, object]]:
        store = Store(path_for(root))
        found = [item.event for item in event_grid.published(store)]
        store.close()
        return found

    count = 0
    while len(published()) < 3:
        count += 1
        host.invocation("follow", count)
    event = published()[-1]
    assert (event["eventType"], event["subject"]) == ("Shop.OrderChanged", f"/shop/orders/{first['id']}")
    delivered = host.request(
        "POST", "/runtime/webhooks/eventgrid?functionName=hear", json.dumps(event), {"aeg-event-type": "Notification"}
    )
    assert delivered.status == 202
    host.log("Shop.OrderChanged of /shop/orders/")
    assert host.invoke("hear")["status"] == "succeeded"
