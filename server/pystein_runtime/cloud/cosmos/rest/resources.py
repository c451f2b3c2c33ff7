"""What is above documents: the account, databases, containers, partition key ranges and throughput."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos import containers, databases, documents
from pystein_runtime.cloud.cosmos.errors import CosmosError, missing
from pystein_runtime.http.messages import Response

from .calls import answer, of_container
from .queries import over_resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.cloud.cosmos.containers import Container
    from pystein_runtime.cloud.cosmos.databases import Database
    from pystein_runtime.cloud.store import Store

    from .calls import Call

DEFAULT_THROUGHPUT = 400


def account(call: Call) -> Response:
    """What a client asks first: where to go."""
    place = {"name": "local", "databaseAccountEndpoint": f"http://{call.headers.get('host', '127.0.0.1')}/"}
    return answer(
        200,
        {
            "_self": "", "id": "local", "_rid": "local", "media": "//media/", "addresses": "//addresses/", "_dbs": "//dbs/",
            "writableLocations": [place], "readableLocations": [place], "enableMultipleWriteLocations": False,
            "userReplicationPolicy": {"asyncReplication": False, "minReplicaSetSize": 1, "maxReplicasetSize": 1},
            "userConsistencyPolicy": {"defaultConsistencyLevel": "Session"},
            "systemReplicationPolicy": {"minReplicaSetSize": 1, "maxReplicasetSize": 1},
            "readPolicy": {"primaryReadCoefficient": 1, "secondaryReadCoefficient": 1},
            "queryEngineConfiguration": '{"maxSqlQueryInputLength":262144,"sqlAllowAggregateFunctions":true}',
        },
    )  # fmt: skip


def all_databases(call: Call) -> Response:
    """List, query or create databases."""
    if call.method == "POST" and not call.is_query:
        created = databases.create(call.store, call.object().get("id"), _offer(call.headers))
        return _with_etag(answer(201, _database(created)), created.etag)
    found = [_database(database) for database in databases.everything(call.store)]
    return over_resources(call, "Databases", "", found)


def one_database(call: Call, database: Database) -> Response:
    """Read or delete a database."""
    if call.method == "DELETE":
        databases.delete(call.store, database)
        return answer(204)
    if call.method == "GET":
        return _with_etag(answer(200, _database(database)), database.etag)
    raise CosmosError(405, "The specified verb is invalid.")


def all_containers(call: Call, database: Database) -> Response:
    """List, query or create containers."""
    if call.method == "POST" and not call.is_query:
        offer = _offer(call.headers) or (None if database.offer else _throughput(DEFAULT_THROUGHPUT))
        created = containers.create(call.store, database, call.object(), offer)
        return of_container(answer(201, _container(created)), created, created.lsn, created.etag)
    found = [_container(container) for container in containers.everything(call.store, database)]
    return over_resources(call, "DocumentCollections", database.rid, found)


def one_container(call: Call, database: Database, container: Container) -> Response:
    """Read, replace or delete a container."""
    if call.method == "DELETE":
        containers.delete(call.store, container)
        return answer(204)
    if call.method == "PUT":
        containers.replace(call.store, container, call.object())
        container = containers.get(call.store, database, container.name)
    elif call.method not in {"GET", "HEAD"}:
        raise CosmosError(405, "The specified verb is invalid.")
    response = answer(200, _container(container), **_usage(call, container))
    return of_container(response, container, container.lsn, container.etag)


def partition_ranges(call: Call, container: Container) -> Response:
    """The physical partitions: one. Clients follow it as a change feed until nothing has changed."""
    if call.headers.get("a-im") and call.headers.get("if-none-match"):
        return of_container(Response(304), container, container.lsn, '"1"')
    only = {
        "_rid": container.rid, "id": "0", "_etag": '"1"', "minInclusive": "", "maxExclusive": "FF", "ridPrefix": 0,
        "_self": f"{container.link}pkranges/0/", "throughputFraction": 1, "status": "online", "parents": [], "_ts": 0,
    }  # fmt: skip
    body = {"_rid": container.rid, "PartitionKeyRanges": [only], "_count": 1}
    return of_container(answer(200, body, item_count=1), container, container.lsn, '"1"')


def offers(call: Call) -> Response:
    """List, query, read or replace throughput."""
    known = {offer["id"]: (owner, offer) for owner, offer in _all_offers(call.store)}
    if len(call.parts) == 1:
        return over_resources(call, "Offers", "", [offer for _, offer in known.values()])
    if call.parts[1] not in known:
        raise missing()
    owner, offer = known[call.parts[1]]
    if call.method == "PUT":
        content = json.dumps(call.object().get("content") or {})
        if isinstance(owner, databases.Database):
            databases.set_offer(call.store, owner, content)
        else:
            containers.set_offer(call.store, owner, content)
        offer = next(found for _, found in _all_offers(call.store) if found["id"] == offer["id"])
    return answer(200, offer)


def _all_offers(store: Store) -> list[tuple[Database | Container, dict[str, Any]]]:
    owners: list[Database | Container] = []
    for database in databases.everything(store):
        owners += [database, *containers.everything(store, database)]
    return [(owner, _as_offer(owner, json.loads(owner.offer))) for owner in owners if owner.offer]


def _as_offer(owner: Database | Container, content: dict[str, Any]) -> dict[str, Any]:
    link = f"dbs/{owner.rid}/" if isinstance(owner, databases.Database) else owner.link
    id_ = f"o{'d' if isinstance(owner, databases.Database) else 'c'}{owner.id}"
    return {
        "resource": link, "offerType": "Invalid", "offerResourceId": owner.rid, "offerVersion": "V2", "content": content,
        "id": id_, "_rid": id_, "_self": f"offers/{id_}/", "_etag": owner.etag, "_ts": owner.modified,
    }  # fmt: skip


def _offer(headers: Mapping[str, str]) -> str | None:
    """The throughput that a request wants; raises CosmosError when it is none."""
    automatic = headers.get("x-ms-cosmos-offer-autopilot-settings")
    if automatic is not None:
        return json.dumps({"offerThroughput": DEFAULT_THROUGHPUT, "offerAutopilotSettings": documents.parse(automatic)})
    text = headers.get("x-ms-offer-throughput")
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal()) or int(text) < DEFAULT_THROUGHPUT:
        raise CosmosError(
            400, f"The offer should have valid throughput values between {DEFAULT_THROUGHPUT} and 1000000."
        )
    return _throughput(int(text))


def _throughput(amount: int) -> str:
    return json.dumps({"offerThroughput": amount, "offerIsRUPerMinuteThroughputEnabled": False})


def _database(database: Database) -> dict[str, Any]:
    return {
        "id": database.name, "_rid": database.rid, "_self": f"dbs/{database.rid}/", "_etag": database.etag,
        "_colls": "colls/", "_users": "users/", "_ts": database.modified,
    }  # fmt: skip


def _container(container: Container) -> dict[str, Any]:
    return {
        **json.loads(container.definition), "_rid": container.rid, "_self": container.link, "_etag": container.etag,
        "_docs": "docs/", "_sprocs": "sprocs/", "_triggers": "triggers/", "_udfs": "udfs/", "_conflicts": "conflicts/",
        "_ts": container.modified,
    }  # fmt: skip


def _usage(call: Call, container: Container) -> dict[str, object]:
    """How much a container holds, for who asks."""
    if not call.says("x-ms-documentdb-populatequotainfo"):
        return {}
    count, size = documents.usage(call.store, container)
    kilobytes = size // 1024
    return {
        "resource_quota": "documentSize=20480;documentsSize=20971520;documentsCount=-1;collectionSize=20971520;",
        "resource_usage": f"documentSize={kilobytes // 1024};documentsSize={kilobytes};documentsCount={count};"
        f"collectionSize={kilobytes};",
    }


def _with_etag(response: Response, etag: str) -> Response:
    return response._replace(headers=[*response.headers, ("etag", etag)])
