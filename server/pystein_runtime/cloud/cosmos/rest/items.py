"""Documents one by one, and batches of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pystein_runtime.cloud.cosmos import batches, documents, patches
from pystein_runtime.cloud.cosmos.documents import MAX_SIZE, Condition
from pystein_runtime.cloud.cosmos.errors import CosmosError
from pystein_runtime.http.messages import Response

from .calls import answer, of_container

if TYPE_CHECKING:
    from pystein_runtime.cloud.cosmos.containers import Container
    from pystein_runtime.cloud.cosmos.documents import Document

    from .calls import Call


def add(call: Call, container: Container) -> Response:
    """Create or upsert a document, or do a batch."""
    if call.says("x-ms-cosmos-is-batch-request"):
        return _batch(call, container)
    key = call.key(container)
    if call.says("x-ms-documentdb-is-upsert"):
        document, is_new = documents.upsert(call.store, container, call.json(), key, _condition(call))
        return _written(call, container, document, 201 if is_new else 200)
    return _written(call, container, documents.create(call.store, container, call.json(), key), 201)


def one(call: Call, container: Container, name: str) -> Response:
    """Read, replace, patch or delete a document."""
    key = call.key(container)
    if call.method in {"GET", "HEAD"}:
        document = documents.get(call.store, container, key, name)
        if call.headers.get("if-none-match") == document.etag:
            return of_container(Response(304), container, container.lsn, document.etag)
        return of_container(answer(200, document.text(container)), container, container.lsn, document.etag)
    if call.method == "PUT":
        body = call.json()
        changed = documents.replace(call.store, container, key, name, lambda _: body, _condition(call))
        return _written(call, container, changed, 200)
    if call.method == "PATCH":
        change = patches.prepare(call.json())
        changed = documents.replace(
            call.store, container, key, name, lambda old: change(json.loads(old.body)), _condition(call)
        )
        return _written(call, container, changed, 200)
    if call.method == "DELETE":
        documents.delete(call.store, container, key, name, _condition(call))
        return of_container(answer(204), container, container.lsn + 1)
    raise CosmosError(405, "The specified verb is invalid.")


def remove_partition(call: Call, container: Container) -> Response:
    """Delete all documents of a partition key."""
    documents.delete_partition(call.store, container, call.key(container))
    return of_container(answer(200), container, container.lsn)


def _batch(call: Call, container: Container) -> Response:
    if len(call.body) > MAX_SIZE:
        raise CosmosError(413, "Request size is too large")
    status, results = batches.execute(call.store, container, call.key(container), call.json())
    return of_container(answer(status, results, item_count=len(results)), container, container.lsn + len(results))


def _condition(call: Call) -> Condition:
    return Condition(call.headers.get("if-match"), call.headers.get("if-none-match"))


def _written(call: Call, container: Container, document: Document, status: int) -> Response:
    """The answer to a change: what was written, unless the client would rather not hear it."""
    wanted = call.headers.get("prefer", "").replace(" ", "").lower() != "return=minimal"
    response = answer(status, document.text(container) if wanted else None)
    return of_container(response, container, document.lsn, document.etag)
