"""A request taken apart, and its answer."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from pystein_runtime.cloud.cosmos import documents
from pystein_runtime.cloud.cosmos.errors import OTHER_CONTAINER, CosmosError
from pystein_runtime.http.messages import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.cloud.cosmos.containers import Container
    from pystein_runtime.cloud.cosmos.partition_keys import PartitionKey
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.http.messages import Request

PAGE = 1000  # of what is listed at most
PARTITION_KEY = "x-ms-documentdb-partitionkey"


class Call(NamedTuple):
    """A request."""

    store: Store
    method: str
    parts: tuple[str, ...]
    """The decoded path."""
    headers: Mapping[str, str]
    body: bytes

    def says(self, header: str) -> bool:
        """Whether a header is true."""
        return self.headers.get(header, "").lower() == "true"

    @property
    def is_query(self) -> bool:
        """Whether a POST asks something and does not create."""
        return self.method == "POST" and (
            self.says("x-ms-documentdb-isquery") or "query+json" in self.headers.get("content-type", "").lower()
        )

    @property
    def limit(self) -> int:
        """How many items the answer has at most."""
        text = self.headers.get("x-ms-max-item-count", "")
        return min(int(text), PAGE) if text.isascii() and text.isdecimal() and int(text) > 0 else PAGE

    def json(self) -> Any:
        """The body; raises CosmosError unless it is JSON."""
        return documents.parse(self.body)

    def object(self) -> dict[str, Any]:
        """The body; raises CosmosError unless it is a JSON object."""
        value = self.json()
        if not isinstance(value, dict):
            raise CosmosError(400, "The request payload is invalid. Ensure to provide a valid request payload.")
        return value

    def key(self, container: Container) -> PartitionKey:
        """The partition key that the request names; raises CosmosError unless it names one."""
        header = self.headers.get(PARTITION_KEY)
        if header is None:
            raise CosmosError(400, "PartitionKey value must be supplied for this operation.")
        return container.rules.key_in(header)

    def check_rid(self, container: Container) -> None:
        """Raises CosmosError when the client means a container that this one has taken the place of."""
        wanted = self.headers.get("x-ms-cosmos-intended-collection-rid")
        if wanted and wanted != container.rid:
            raise CosmosError(400, "CollectionRid in request does not match the collection's rid.", OTHER_CONTAINER)


def parse(store: Store, request: Request) -> Call:
    """The call in a request."""
    parts = tuple(unquote(part) for part in request.path.strip("/").split("/") if part)
    return Call(store, request.method, parts, request.headers, request.body)


def answer(status: int, body: Any = None, **headers: object) -> Response:
    """An answer of JSON, or of text that is JSON already; header names with `_` for `-`."""
    content = b"" if body is None else body if isinstance(body, str) else json.dumps(body)
    found = [(f"x-ms-{name.replace('_', '-')}", str(value)) for name, value in headers.items() if value is not None]
    found.append(("content-type", "application/json"))
    return Response(status, found, content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


def of_container(response: Response, container: Container, lsn: int, etag: str | None = None) -> Response:
    """An answer with what clients follow a container's state by."""
    headers = [*response.headers, ("x-ms-session-token", f"0:-1#{lsn}"), ("lsn", str(lsn))]
    headers += [("x-ms-alt-content-path", f"{container.link}"), ("x-ms-content-path", container.rid)]
    if etag is not None:
        headers.append(("etag", etag))
    return response._replace(headers=headers)


def refusal(error: CosmosError, message: str | None = None) -> Response:
    """The answer to what is refused."""
    activity = str(uuid.uuid4())
    text = message if message is not None else json.dumps({"Errors": [str(error)]})
    body = {"code": error.code, "message": f"Message: {text}\r\nActivityId: {activity}, local cloud"}
    return answer(error.status, body, substatus=error.substatus or None, activity_id=activity)


def finish(request: Request, response: Response) -> Response:
    """An answer with what every one has."""
    names = {name for name, _ in response.headers}
    headers = [*response.headers, ("x-ms-request-charge", "1"), ("x-ms-gatewayversion", "local")]
    if "x-ms-activity-id" not in names:
        headers.append(("x-ms-activity-id", request.headers.get("x-ms-activity-id") or str(uuid.uuid4())))
    return response._replace(headers=headers)
