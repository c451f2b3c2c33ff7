"""Requests of Cosmos DB clients and who answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud.cosmos import containers, databases
from pystein_runtime.cloud.cosmos.errors import CosmosError, owner_missing
from pystein_runtime.cloud.cosmos.sql.errors import QueryError

from . import authorization, calls, items, queries, resources

if TYPE_CHECKING:
    from pystein_runtime.cloud.cosmos.containers import Container
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.http.messages import Request, Response

    from .calls import Call

_LISTS = {
    "sprocs": "StoredProcedures", "triggers": "Triggers", "udfs": "UserDefinedFunctions", "conflicts": "Conflicts",
    "users": "Users", "clientencryptionkeys": "ClientEncryptionKeys",
}  # fmt: skip


async def handle(store: Store, request: Request, key: str) -> Response:
    """Answer one request, if it is signed with the account's key."""
    try:
        authorization.check(request, key)
        response = await _answer(calls.parse(store, request))
    except CosmosError as error:
        response = calls.refusal(error)
    except QueryError as error:
        response = calls.refusal(CosmosError(400, str(error)), error.as_json())
    except UnicodeEncodeError:  # half a character, which JSON can say and nothing can keep
        response = calls.refusal(
            CosmosError(400, "The request payload is invalid: a surrogate without its other half.")
        )
    return calls.finish(request, response)


async def _answer(call: Call) -> Response:
    parts = call.parts
    if not parts:
        return resources.account(call)
    if parts[0] == "offers" and len(parts) <= 2:
        return resources.offers(call)
    if parts[0] != "dbs":
        raise CosmosError(400, "The request's path names nothing that the local cloud has.")
    if len(parts) == 1:
        return resources.all_databases(call)
    if len(parts) > 2:
        return await _within(call)
    return resources.one_database(call, databases.get(call.store, parts[1]))


async def _within(call: Call) -> Response:
    """What is within a database."""
    store, parts = call.store, call.parts
    if parts[2] == "colls" and len(parts) > 4:
        return await _of_container(call, containers.locate(store, parts[1], parts[3]))
    try:
        database = databases.get(store, parts[1])
    except CosmosError:
        raise owner_missing() from None
    if parts[2] != "colls":
        return _empty(call, parts[2], len(parts) == 3)
    if len(parts) == 3:
        return resources.all_containers(call, database)
    return resources.one_container(call, database, containers.get(store, database, parts[3]))


async def _of_container(call: Call, container: Container) -> Response:
    kind, rest = call.parts[4], call.parts[5:]
    if kind == "pkranges" and not rest:
        return resources.partition_ranges(call, container)
    if kind == "operations" and rest == ("partitionkeydelete",) and call.method == "POST":
        return items.remove_partition(call, container)
    if kind != "docs":
        return _empty(call, kind, not rest)
    call.check_rid(container)
    if len(rest) == 1:
        return items.one(call, container, rest[0])
    if rest:
        raise CosmosError(400, "The request's path names nothing that the local cloud has.")
    if call.method == "POST":
        return await queries.query(call, container) if _asks(call) else items.add(call, container)
    if call.method != "GET":
        raise CosmosError(405, "The specified verb is invalid.")
    feed = call.headers.get("a-im", "").lower()
    if feed:
        return queries.changes(call, container, "versions" if feed.startswith("full-fidelity") else "latest")
    return await queries.listing(call, container)


def _asks(call: Call) -> bool:
    return call.is_query or call.says("x-ms-cosmos-is-query-plan-request")


def _empty(call: Call, kind: str, is_list: bool) -> Response:
    """Scripts, users and the like: there are none, and there will not be any."""
    name = _LISTS.get(kind.lower())
    if name is not None and is_list and (call.method == "GET" or call.is_query):
        return queries.over_resources(call, name, "", [])
    raise CosmosError(400, f"The local cloud has no {name or kind}.")
