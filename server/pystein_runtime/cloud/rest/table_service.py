"""Table REST."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud import tables
from pystein_runtime.cloud.account import ACCOUNT
from pystein_runtime.cloud.tables import TableError
from pystein_runtime.http.messages import Response

from . import batches, calls, entities, odata, policies, service_properties
from .authorization import authorize
from .calls import Call, Refused, answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.cloud.tables import Entity
    from pystein_runtime.http.messages import Request

    from .sas import Grant

PAGE = 1000  # entities of one answer at most
MAX_OPERATIONS = 100  # of a transaction
_ENTITY = re.compile(r"([^(]+)\((?:PartitionKey='((?:[^']|'')*)',\s*RowKey='((?:[^']|'')*)')?\)", re.DOTALL)
_REVERSED = re.compile(r"([^(]+)\(RowKey='((?:[^']|'')*)',\s*PartitionKey='((?:[^']|'')*)'\)", re.DOTALL)
_TABLE = re.compile(r"Tables\('([^']*)'\)")


class _Failed(Exception):  # noqa: N818 - carries an answer
    """A part of a transaction was refused: the others are undone."""

    def __init__(self, index: int, refused: Refused) -> None:
        super().__init__(refused.code)
        self.index = index
        self.refused = refused


async def handle(store: Store, request: Request) -> Response:
    """Answer one request."""
    try:
        call = calls.parse(store, request, 2)
        answered = _answer(call, authorize(call, "table"))
    except Refused as refused:
        answered = _refusal(refused)
    except TableError as error:
        answered = _refusal(_as_refused(error))
    return calls.finish(request, answered)


def _as_refused(error: TableError) -> Refused:
    return Refused(error.code, str(error) if str(error) != error.code else "")


def _refusal(refused: Refused, message: str | None = None) -> Response:
    text = refused.message if message is None else message
    body = {"odata.error": {"code": refused.code, "message": {"lang": "en-US", "value": text}}}
    headers = [("x-ms-error-code", refused.code), ("content-type", "application/json;odata=minimalmetadata")]
    return Response(refused.status, headers, json.dumps(body).encode())


def _answer(call: Call, grant: Grant) -> Response:
    if grant.is_anonymous:
        raise Refused("AuthenticationFailed")
    if not call.parts:
        grant.check("rw", "s")
        found = service_properties.handle(call, "table")
        if found is None:
            raise Refused("InvalidQueryParameterValue")
        return found
    name = call.parts[0]
    if len(call.parts) > 1:
        raise Refused("InvalidUri")
    if name == "$batch" and call.method == "POST":
        return _transaction(call)
    if name == "Tables" or _TABLE.fullmatch(name):
        return _tables(call, name, grant)
    if call.text("comp") == "acl":
        return _access(call, name, grant)
    return _entities(call, grant)


# -- tables -----------------------------------------------------------------------------------------------


def _tables(call: Call, name: str, grant: Grant) -> Response:
    one = _TABLE.fullmatch(name)
    if one is None and call.method == "POST":
        grant.check("cw", "c")
        wanted = str(entities.read(call.body).get("TableName", ""))
        if not tables.create(call.store, wanted):
            raise Refused("TableAlreadyExists")
        return _written(call, {"odata.metadata": _metadata(call, "Tables/@Element"), "TableName": wanted}, [])
    if one is None and call.method == "GET":
        grant.check("l", "c")
        return _list(call)
    if one is not None and call.method == "DELETE":
        grant.check("d", "c")
        tables.delete(call.store, one[1])
        policies.delete(call.store, f"table:{one[1].lower()}")
        return Response(204)
    if one is not None and call.method == "GET":
        grant.check("l", "c")
        tables.table_id(call.store, one[1])
        return _json(call, {"odata.metadata": _metadata(call, "Tables/@Element"), "TableName": one[1]})
    raise Refused("UnsupportedHttpVerb")


def _list(call: Call) -> Response:
    test = _filter(call).test
    limit = call.integer("$top", PAGE, 1, PAGE)
    after = call.text("nexttablename").lower()
    found = [name for name in tables.names(call.store) if name.lower() >= after and test({"TableName": name})]
    headers = [("x-ms-continuation-nexttablename", found[limit])] if len(found) > limit else []
    body = {"odata.metadata": _metadata(call, "Tables"), "value": [{"TableName": name} for name in found[:limit]]}
    return _json(call, body, headers)


def _access(call: Call, name: str, grant: Grant) -> Response:
    grant.check("", "c")
    tables.table_id(call.store, name)
    owner = f"table:{name.lower()}"
    if call.method == "GET":
        return answer(200, (), policies.as_xml(call.store, owner))
    if call.method == "PUT":
        policies.write(call.store, owner, call.body)
        return answer(204, (), b"")
    raise Refused("UnsupportedHttpVerb")


# -- entities ---------------------------------------------------------------------------------------------


def _entities(call: Call, grant: Grant) -> Response:
    name = call.parts[0]
    keys = _ENTITY.fullmatch(name)
    backwards = _REVERSED.fullmatch(name)
    if backwards is not None:
        table, row, partition = (part.replace("''", "'") for part in backwards.groups())
        return _entity(call, grant, table, partition, row)
    if keys is not None and keys[2] is not None:
        return _entity(call, grant, keys[1], keys[2].replace("''", "'"), keys[3].replace("''", "'"))
    table = keys[1] if keys is not None else name
    if call.method == "GET":
        grant.check("r", "o")
        return _query(call, grant, table)
    if call.method == "POST":
        grant.check("a", "o")
        return _insert(call, grant, table)
    raise Refused("UnsupportedHttpVerb")


def _insert(call: Call, grant: Grant, table: str) -> Response:
    value = entities.read(call.body)
    if "PartitionKey" not in value or "RowKey" not in value:
        raise Refused("PropertiesNeedValue")
    _check_bounds(grant, value["PartitionKey"], value["RowKey"])
    properties = entities.properties_of(value)
    entity = tables.insert(call.store, table, value["PartitionKey"], value["RowKey"], properties)
    body = {"odata.metadata": _metadata(call, f"{table}/@Element"), **_shown(call, entity, table, None)}
    return _written(call, body, [("etag", entity.etag)])


def _entity(call: Call, grant: Grant, table: str, partition: str, row: str) -> Response:
    method = call.headers.get("x-http-method", call.method) if call.method == "POST" else call.method
    match = call.headers.get("if-match")
    _check_bounds(grant, partition, row)
    if method == "GET":
        grant.check("r", "o")
        entity = tables.get(call.store, table, partition, row)
        if entity is None:
            raise Refused("ResourceNotFound")
        body = _shown(call, entity, table, _select(call))
        head = {} if _level(call) == "nometadata" else {"odata.metadata": _metadata(call, f"{table}/@Element")}
        return _json(call, {**head, **body}, [("etag", entity.etag)])
    if method in {"PUT", "PATCH", "MERGE"}:
        grant.check("u", "o")
        if match is None:
            grant.check("a", "o")
        properties = entities.properties_of(entities.read(call.body))
        merge = method != "PUT"
        entity = tables.put(call.store, table, partition, row, properties, merge=merge, match=match)
        return Response(204, [("etag", entity.etag)])
    if method == "DELETE":
        grant.check("d", "o")
        if match is None:
            raise Refused("MissingRequiredHeader", "If-Match is missing: use * for any version.")
        tables.remove(call.store, table, partition, row, match)
        return Response(204)
    raise Refused("UnsupportedHttpVerb")


def _check_bounds(grant: Grant, partition: str, row: str) -> None:
    """Whether a table's signature reaches an entity."""
    if grant.tables is None:
        return
    start_partition, start_row, end_partition, end_row = grant.tables
    if start_partition and (partition, row if start_row else "") < (start_partition, start_row):
        raise Refused("AuthorizationFailure")
    if end_partition and (partition, row if end_row else "") > (end_partition, end_row):
        raise Refused("AuthorizationFailure")


def _query(call: Call, grant: Grant, table: str) -> Response:
    wanted = _filter(call)
    limit = call.integer("$top", PAGE, 1, 2**31)
    limit = min(limit, PAGE)
    after = None
    if "nextpartitionkey" in call.query:
        after = (_unpacked(call.text("nextpartitionkey")), _unpacked(call.text("nextrowkey")))
    select = _select(call)
    found: list[dict[str, Any]] = []
    headers: list[tuple[str, str]] = []
    for entity in _reachable(tables.scan(call.store, table, partition=wanted.partition, after=after), grant):
        if not wanted.test(entities.whole(entity)):
            continue
        if len(found) == limit:
            headers.append(("x-ms-continuation-nextpartitionkey", _packed(entity.partition)))
            headers.append(("x-ms-continuation-nextrowkey", _packed(entity.row)))
            break
        found.append(_shown(call, entity, table, select))
    head = {} if _level(call) == "nometadata" else {"odata.metadata": _metadata(call, table)}
    return _json(call, {**head, "value": found}, headers)


def _reachable(found: Iterable[Entity], grant: Grant) -> Iterable[Entity]:
    for entity in found:
        try:
            _check_bounds(grant, entity.partition, entity.row)
        except Refused:
            continue
        yield entity


def _packed(key: str) -> str:
    return f"1!{key.encode('utf-8', 'surrogatepass').hex()}"


def _unpacked(text: str) -> str:
    try:
        return bytes.fromhex(text.removeprefix("1!")).decode("utf-8", "surrogatepass")
    except ValueError:
        raise Refused("InvalidQueryParameterValue", "The continuation is malformed.") from None


def _filter(call: Call) -> odata.Filter:
    try:
        return odata.compile_filter(call.text("$filter"))
    except odata.FilterError as error:
        raise Refused("InvalidInput", str(error)) from error


def _select(call: Call) -> list[str] | None:
    text = call.text("$select")
    return [name.strip() for name in text.split(",")] if text and text != "*" else None


# -- answers ----------------------------------------------------------------------------------------------


def _level(call: Call) -> str:
    accept = (call.text("$format") or call.headers.get("accept", "")).lower()
    return next((level for level in ("nometadata", "fullmetadata") if level in accept), "minimalmetadata")


def _metadata(call: Call, what: str) -> str:
    return f"http://{call.headers.get('host', '127.0.0.1:10002')}/{ACCOUNT}/$metadata#{what}"


def _shown(call: Call, entity: Entity, table: str, select: list[str] | None) -> dict[str, Any]:
    return entities.shown(entity, table, select, _level(call), call.headers.get("host", "127.0.0.1:10002"))


def _json(call: Call, body: dict[str, Any], headers: Iterable[tuple[str, str]] = (), status: int = 200) -> Response:
    kind = f"application/json;odata={_level(call)};streaming=true;charset=utf-8"
    return Response(status, [*headers, ("content-type", kind)], json.dumps(body).encode())


def _written(call: Call, body: dict[str, Any], headers: list[tuple[str, str]]) -> Response:
    """The answer to an insertion: what was written, unless the client would rather not hear it."""
    prefer = call.headers.get("prefer", "").lower()
    if prefer:
        headers = [*headers, ("preference-applied", prefer)]
    if prefer == "return-no-content":
        return Response(204, headers)
    return _json(call, body, headers, 201)


# -- transactions -----------------------------------------------------------------------------------------


def _transaction(call: Call) -> Response:
    """Entity group transaction: all or nothing."""
    outer = batches.boundary_of(call.headers.get("content-type", ""))
    parts = batches.parts_of(call.body, outer)
    if not parts:
        raise Refused("InvalidInput", "The batch is empty.")
    headers, content = parts[0]
    if headers.get("content-type", "").lower().startswith("multipart/mixed"):
        inner = batches.parts_of(content, batches.boundary_of(headers["content-type"]))
        requests = [batches.request_of(part) for _, part in inner]
    else:
        requests = [batches.request_of(content)]
    _check_operations(requests)
    try:
        with call.store.transaction():
            answers = [_part(call, index, request) for index, request in enumerate(requests)]
    except _Failed as failed:
        answers = [_refusal(failed.refused, f"{failed.index}:{failed.refused.message}")]
    return _multipart(answers, changeset=len(requests) > 1 or requests[0].method != "GET")


def _check_operations(requests: list[Request]) -> None:
    if len(requests) > MAX_OPERATIONS:
        raise Refused("InvalidInput", f"A transaction has at most {MAX_OPERATIONS} operations.")
    if len(requests) > 1 and any(request.method == "GET" for request in requests):
        raise Refused("InvalidInput", "A transaction reads one entity only, and nothing else then.")


def _part(call: Call, index: int, request: Request) -> Response:
    path = request.path
    if not path.startswith(f"/{ACCOUNT}/"):
        path = f"/{ACCOUNT}{path}"
    # The parts are covered by the batch's own authorization.
    query = "&".join(filter(None, (request.query, call.request.query)))
    part_request = request._replace(path=path, query=query, headers={**_shared(call), **request.headers})
    try:
        part = calls.parse(call.store, part_request, 2)
        return _entities(part, authorize(part, "table") if "sig" in call.query else _everything())
    except Refused as refused:
        raise _Failed(index, refused) from refused
    except TableError as error:
        raise _Failed(index, _as_refused(error)) from error


def _everything() -> Grant:
    from .sas import EVERYTHING  # noqa: PLC0415 - beside its only use

    return EVERYTHING


def _shared(call: Call) -> dict[str, str]:
    return {name: call.headers[name] for name in ("host", "x-ms-version") if name in call.headers}


def _multipart(answers: list[Response], *, changeset: bool) -> Response:
    outer, inner = f"batchresponse_{uuid.uuid4()}", f"changesetresponse_{uuid.uuid4()}"
    boundary = inner if changeset else outer
    parts = [
        f"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n".encode()
        + batches.as_bytes(item)
        + b"\r\n"
        for item in answers
    ]
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    if changeset:
        head = f"--{outer}\r\nContent-Type: multipart/mixed; boundary={inner}\r\n\r\n".encode()
        body = head + body + f"--{outer}--\r\n".encode()
    return Response(202, [("content-type", f"multipart/mixed; boundary={outer}")], body)
