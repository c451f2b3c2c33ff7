"""What gives several things at once: queries, lists, the change feed. Pages are followed by continuation tokens."""

from __future__ import annotations

import asyncio
import base64
import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.cloud.cosmos import documents, feed, partition_keys
from pystein_runtime.cloud.cosmos.documents import Wanted
from pystein_runtime.cloud.cosmos.errors import CosmosError
from pystein_runtime.cloud.cosmos.sql import run
from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED
from pystein_runtime.cloud.datetimes import parse_http_date
from pystein_runtime.http.messages import Response

from .calls import PARTITION_KEY, answer, of_container

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from typing import Literal

    from pystein_runtime.cloud.cosmos.containers import Container
    from pystein_runtime.cloud.cosmos.documents import Document
    from pystein_runtime.cloud.cosmos.sql.run import Plan

    from .calls import Call

SCAN = 500  # documents that are looked at before others have their turn
MAX_BYTES = 4 * 1024 * 1024  # of an answer, about
_CONTINUATION = "x-ms-continuation"


class Place(NamedTuple):
    """Where the next page begins."""

    document: int = 0
    """After this one, for what comes in the documents' order."""
    skip: int = 0
    """Results that were given already: of the next document, or of the whole."""
    given: int = 0
    """How many results there were on the pages before."""

    def as_text(self) -> str:
        """The token."""
        return base64.urlsafe_b64encode(json.dumps(self).encode()).decode()


def place_of(call: Call) -> Place:
    """Where a page begins; raises CosmosError when the token is none of ours."""
    text = call.headers.get(_CONTINUATION)
    if not text:
        return Place()
    try:
        values = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
        if isinstance(values, list) and all(isinstance(value, int) and 0 <= value < 1 << 63 for value in values):
            return Place(*values)
    except (ValueError, TypeError, RecursionError):
        pass
    raise CosmosError(400, "Invalid Continuation Token")


def _wanted(
    call: Call, container: Container, constants: Mapping[tuple[str, ...], Any] = MappingProxyType({})
) -> Wanted:
    """The documents that a request means, and those of them that a query with constants can find."""
    name = constants.get(("id",))
    name = name if isinstance(name, str) else None
    header = call.headers.get(PARTITION_KEY)
    if header is not None:
        key = container.rules.key_in(header, whole=False)
        return Wanted(key.epk, f"{key.epk}FF", name)
    low, high = call.headers.get("x-ms-start-epk"), call.headers.get("x-ms-end-epk")
    values = [constants.get(path, UNDEFINED) for path in container.rules.paths]
    is_one_key = not any(value is UNDEFINED or isinstance(value, dict | list) for value in values)
    if low is None and high is None and is_one_key:
        key = partition_keys.make(values, hierarchical=container.rules.hierarchical)
        return Wanted(key.epk, f"{key.epk}FF", name)
    # azure-cosmos 4.9 writes one of them in lower case.
    return Wanted((low or "").upper(), (high or "FF").upper(), name)


def over_resources(call: Call, name: str, rid: str, found: list[dict[str, Any]]) -> Response:
    """A list of databases, containers or the like, or what a query finds among them."""
    if call.is_query:
        found = list(_plan(call).run(found))
    elif call.method != "GET":
        raise CosmosError(405, "The specified verb is invalid.")
    place = place_of(call)
    page = found[place.skip : place.skip + call.limit]
    more = place.skip + len(page) < len(found)
    token = Place(skip=place.skip + len(page)).as_text() if more else None
    return answer(200, {"_rid": rid, name: page, "_count": len(page)}, continuation=token, item_count=len(page))


def _plan(call: Call) -> Plan:
    body = call.json()
    if isinstance(body, str):
        body = {"query": body}
    text = body.get("query") if isinstance(body, dict) else None
    parameters = body.get("parameters") or [] if isinstance(body, dict) else None
    if not isinstance(text, str) or not isinstance(parameters, list):
        raise CosmosError(400, "The request payload is invalid: a query is an object with query and parameters.")
    try:
        return run.plan(text, {item["name"]: item["value"] for item in parameters})
    except (KeyError, TypeError):
        raise CosmosError(400, "The parameters of a query are objects with name and value.") from None


async def listing(call: Call, container: Container) -> Response:
    """All documents, page by page."""
    place, limit = place_of(call), call.limit
    found = documents.scan(call.store, container, _wanted(call, container), place.document, limit + 1)
    page = _Page(limit)
    for document in found:
        if page.is_full:
            return _feed(container, page.texts, Place(page.last).as_text())
        page.add(document.text(container), document.id)
    return _feed(container, page.texts, None)


class _Page:
    """Results up to as many and as large as an answer may be."""

    def __init__(self, limit: int) -> None:
        self.texts: list[str] = []
        self.last = 0
        self._limit = limit
        self._size = 0

    @property
    def is_full(self) -> bool:
        return len(self.texts) >= self._limit or self._size >= MAX_BYTES

    def add(self, text: str, document: int) -> None:
        self.texts.append(text)
        self.last = document
        self._size += len(text)


def _feed(container: Container, texts: list[str], continuation: str | None) -> Response:
    body = f'{{"_rid":"{container.rid}","Documents":[{",".join(texts)}],"_count":{len(texts)}}}'
    response = answer(200, body, continuation=continuation, item_count=len(texts))
    return of_container(response, container, container.lsn)


async def query(call: Call, container: Container) -> Response:
    """What a query finds among documents."""
    plan = _plan(call)
    if call.says("x-ms-cosmos-is-query-plan-request"):
        return of_container(answer(200, _query_plan(plan)), container, container.lsn)
    _check_reach(call, container, plan)
    wanted = _wanted(call, container, plan.constants)
    place = place_of(call)
    page = _Page(call.limit)
    if plan.streams:
        token = await _stream(call, container, plan, page, place, wanted)
    else:
        found = [document async for document in _documents(call, container, wanted)]
        token = _slice(plan.run(found), page, place)
    return _feed(container, page.texts, token)


def _check_reach(call: Call, container: Container, plan: Plan) -> None:
    """Raises CosmosError when a query is about several partition keys and the client has not said that it knows."""
    named = (PARTITION_KEY, "x-ms-start-epk", "x-ms-documentdb-partitionkeyrangeid")
    if call.says("x-ms-documentdb-query-enablecrosspartition") or any(name in call.headers for name in named):
        return
    if plan.query.sources and not all(path in plan.constants for path in container.rules.paths):
        raise CosmosError(
            400,
            "Cross partition query is required but disabled. Please set x-ms-documentdb-query-enablecrosspartition to "
            "true, specify x-ms-documentdb-partitionkey, or revise your query to avoid this exception.",
        )


async def _batches(call: Call, container: Container, wanted: Wanted, after: int) -> AsyncIterator[list[Document]]:
    while batch := documents.scan(call.store, container, wanted, after, SCAN):
        yield batch
        after = batch[-1].id
        await asyncio.sleep(0)


async def _documents(call: Call, container: Container, wanted: Wanted) -> AsyncIterator[dict[str, Any]]:
    async for batch in _batches(call, container, wanted, 0):
        for document in batch:
            yield document.value(container)


async def _stream(
    call: Call, container: Container, plan: Plan, page: _Page, place: Place, wanted: Wanted
) -> str | None:
    """Fill the page from document to document; gives the token of the next page, if there is one."""
    left = None if plan.limit is None else plan.limit - place.given
    skip, before = place.skip, place.document
    async for batch in _batches(call, container, wanted, place.document):
        for document in batch:
            for number, value in enumerate(plan.rows(document.value(container))):
                if left is not None and len(page.texts) >= left:
                    return None
                if number < skip:
                    continue
                if page.is_full:
                    return Place(before, number, place.given + len(page.texts)).as_text()
                page.add(json.dumps(value, ensure_ascii=False), document.id)
            skip, before = 0, document.id
    return None


def _slice(results: Iterator[Any], page: _Page, place: Place) -> str | None:
    for number, value in enumerate(results):
        if number < place.skip:
            continue
        if page.is_full:
            return Place(skip=number).as_text()
        page.add(json.dumps(value, ensure_ascii=False), 0)
    return None


def _query_plan(plan: Plan) -> dict[str, Any]:
    """What clients that divide queries among partitions are told: that there is nothing to do but to send it."""
    return {
        "partitionedQueryExecutionInfoVersion": 2,
        "queryInfo": {
            "distinctType": "None", "top": None, "offset": None, "limit": None, "orderBy": [], "orderByExpressions": [],
            "groupByExpressions": [], "groupByAliases": [], "aggregates": [], "groupByAliasToAggregateType": {},
            "rewrittenQuery": "", "hasSelectValue": plan.query.value, "hasNonStreamingOrderBy": False,
        },
        "queryRanges": [{"min": "", "max": "FF", "isMinInclusive": True, "isMaxInclusive": False}],
    }  # fmt: skip


def changes(call: Call, container: Container, kind: Literal["latest", "versions"]) -> Response:
    """The next page of the change feed, whose token is the number of the last change in it."""
    low, high, _ = _wanted(call, container)
    since = parse_http_date(call.headers.get("if-modified-since", "")) or 0.0
    part = feed.Part(_after(call, container), call.limit, since, low, high)
    page = _Page(call.limit)
    last = part.after
    found: list[tuple[int, Document | dict[str, Any]]]
    if kind == "latest":
        found = [(document.lsn, document) for document in feed.changes(call.store, container, part)]
    else:
        found = list(feed.versions(call.store, container, part))
    for lsn, item in found:
        if page.is_full:
            break
        page.add(json.dumps(item) if isinstance(item, dict) else item.text(container, with_lsn=True), 0)
        last = lsn
    if not page.texts:  # what is of others or gone need not be looked at again
        return of_container(Response(304), container, container.lsn, f'"{max(last, container.lsn)}"')
    response = _feed(container, page.texts, None)
    return response._replace(headers=[*response.headers, ("etag", f'"{last}"')])


def _after(call: Call, container: Container) -> int:
    token = call.headers.get("if-none-match", "").strip().strip('"')
    if token == "*":  # noqa: S105 - not a secret: "from now on"
        return container.lsn
    if token and not (token.isascii() and token.isdecimal() and len(token) < 19):
        raise CosmosError(400, "Invalid change feed continuation.")
    return int(token or 0)
