"""Functions that want a client of azure-cosmos instead of documents, by Microsoft's extension package."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from host_driver import Host

sys.path.append(str(Path(__file__).parents[1] / "worker"))

from worker_pythons import environment, pythons

APP = """
import azurefunctions.extensions.bindings.cosmosdb as cosmos

@app.route(route="put/{id}")
@app.cosmos_db_output(arg_name="out", connection="Cosmos", database_name="d", container_name="c")
def put(req: func.HttpRequest, out: func.Out[func.Document]) -> str:
    out.set(func.Document.from_dict({"id": req.route_params["id"]}))
    return "ok"

@app.route(route="all")
@app.cosmos_db_input(arg_name="container", connection="Cosmos", database_name="d", container_name="c")
def every(req: func.HttpRequest, container: cosmos.ContainerProxy) -> str:
    return ",".join(item["id"] for item in container.read_all_items())
"""


def test_a_function_gets_a_client(start: Callable[..., Host]) -> None:
    known = pythons()
    chosen = known.get("3.11") or list(known.values())[-1]
    python = environment(chosen, "azure-functions", "azurefunctions-extensions-bindings-cosmosdb")
    host = start(APP, "--python", str(python), local__settings_json={"Values": {"Cosmos": ""}})
    host.get("/api/put/1")
    host.get("/api/put/2")
    assert host.get("/api/all").text == "1,2"
