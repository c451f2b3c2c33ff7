"""Transactional batches: up to a hundred operations within one partition key, all of them or none.

Format: azure-cosmos, `_format_batch_operations`, and what the service answers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import documents, patches
from .documents import Condition
from .errors import CosmosError

if TYPE_CHECKING:
    from pystein_runtime.cloud.store import Store

    from .containers import Container
    from .documents import Document
    from .partition_keys import PartitionKey

MAX_OPERATIONS = 100
_FAILED_DEPENDENCY = 424


class _Stopped(Exception):  # noqa: N818 - undoes the transaction
    """An operation was refused: the others are undone."""


def execute(store: Store, container: Container, key: PartitionKey, operations: Any) -> tuple[int, list[dict[str, Any]]]:
    """Do all operations or none; gives the status of the whole and what became of each.

    Raises:
        CosmosError: they are none, or too many.
    """
    if not isinstance(operations, list) or not operations or not all(isinstance(item, dict) for item in operations):
        raise CosmosError(400, "A batch is an array of operations.")
    if len(operations) > MAX_OPERATIONS:
        raise CosmosError(400, f"Batch request has more operations than what is supported: {MAX_OPERATIONS}.")
    results: list[dict[str, Any]] = []
    try:
        with store.transaction():
            for operation in operations:
                results.append(_result(store, container, key, operation))
                _check(results[-1])
    except _Stopped:
        failed = results[-1]
        untouched = {"statusCode": _FAILED_DEPENDENCY, "requestCharge": 0}
        results = [failed if place == len(results) - 1 else untouched for place in range(len(operations))]
        return 207, results
    store.announce(container.topic)
    return 200, results


def _check(result: dict[str, Any]) -> None:
    if result["statusCode"] >= 400:
        raise _Stopped


def _result(store: Store, container: Container, key: PartitionKey, operation: dict[str, Any]) -> dict[str, Any]:
    try:
        status, document = _do(store, container, key, operation)
    except CosmosError as error:
        failed = {"statusCode": error.status, "requestCharge": 1, "message": str(error)}
        return {**failed, "subStatusCode": error.substatus} if error.substatus else failed
    if document is None:
        return {"statusCode": status, "requestCharge": 1}
    body = json.loads(document.text(container))
    return {"statusCode": status, "requestCharge": 1, "eTag": document.etag, "resourceBody": body}


def _do(
    store: Store, container: Container, key: PartitionKey, operation: dict[str, Any]
) -> tuple[int, Document | None]:
    kind, name, body = (
        str(operation.get("operationType", "")).lower(),
        operation.get("id"),
        operation.get("resourceBody"),
    )
    condition = Condition(operation.get("ifMatch"), operation.get("ifNoneMatch"))
    if kind == "create":
        return 201, documents.create(store, container, body, key)
    if kind == "upsert":
        document, is_new = documents.upsert(store, container, body, key, condition)
        return 201 if is_new else 200, document
    if not isinstance(name, str):
        raise CosmosError(400, "The operation needs the id of a document.")
    if kind == "read":
        return 200, documents.get(store, container, key, name)
    if kind == "replace":
        return 200, documents.replace(store, container, key, name, lambda _: body, condition)
    if kind == "delete":
        documents.delete(store, container, key, name, condition)
        return 204, None
    if kind == "patch":
        change = patches.prepare(body)
        return 200, documents.replace(store, container, key, name, lambda old: change(json.loads(old.body)), condition)
    raise CosmosError(400, f"'{operation.get('operationType')}' is no operation of a batch.")
