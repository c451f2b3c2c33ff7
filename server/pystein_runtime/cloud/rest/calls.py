"""A request to a storage service, taken apart, and what is common to all answers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote

from pystein_runtime.cloud.account import ACCOUNT
from pystein_runtime.cloud.datetimes import http_date
from pystein_runtime.http.messages import Response

from .errors import message_of, status_of
from .markup import HEAD, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.http.messages import Request

VERSION = "2026-06-06"
"""What is answered to clients that name no version; every version that a client names is accepted."""


class Refused(Exception):  # noqa: N818 - an answer, not an error of ours
    """A request that the service refuses."""

    def __init__(self, code: str, message: str = "", status: int | None = None) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message or message_of(code)
        self.status = status or status_of(code)


class Call(NamedTuple):
    """A request under an account."""

    store: Store
    request: Request
    method: str
    parts: tuple[str, ...]
    """The decoded path behind the account: container and blob, queue and so on."""
    query: Mapping[str, str]
    """Decoded; names in lower case, but for `$filter` and the like, which have no other case."""
    headers: Mapping[str, str]
    body: bytes

    def text(self, name: str) -> str:
        """A value of the query; empty when it is not there."""
        return self.query.get(name, "")

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        """A number of the query.

        Raises:
            Refused: InvalidQueryParameterValue, OutOfRangeQueryParameterValue.
        """
        given = self.query.get(name)
        if given is None:
            return default
        try:
            value = int(given)
        except ValueError:
            raise Refused("InvalidQueryParameterValue", f"{name} must be a number.") from None
        if not low <= value <= high:
            raise Refused("OutOfRangeQueryParameterValue", f"{name} must be from {low} to {high}.")
        return value

    def metadata(self) -> dict[str, str]:
        """The `x-ms-meta-` headers.

        Raises:
            Refused: InvalidMetadata, EmptyMetadataKey.
        """
        found = {}
        for name, value in self.headers.items():
            if name.startswith("x-ms-meta-"):
                key = name[10:]
                if not key:
                    raise Refused("EmptyMetadataKey")
                if not key.isidentifier():
                    raise Refused("InvalidMetadata")
                found[key] = value
        return found


def parse(store: Store, request: Request, depth: int) -> Call:
    """The call in a request.

    Args:
        store: the local cloud's store.
        request: what came.
        depth: how many parts a path has at most; the last one has the rest, slashes and all.

    Raises:
        Refused: ResourceNotFound, when the path names another account.
    """
    account, _, rest = request.path.lstrip("/").partition("/")
    if unquote(account) not in {ACCOUNT, f"{ACCOUNT}-secondary"}:
        raise Refused("ResourceNotFound", f"This is the account {ACCOUNT}: the path of a request begins with its name.")
    parts = [unquote(part) for part in rest.split("/", depth - 1)] if rest else []
    while parts and not parts[-1]:
        parts.pop()
    query = {name.lower(): value for name, value in parse_qsl(request.query, keep_blank_values=True)}
    return Call(store, request, request.method, tuple(parts), query, request.headers, request.body)


def answer(status: int, headers: Iterable[tuple[str, str]] = (), body: str | bytes = b"") -> Response:
    """An answer; text is XML."""
    if isinstance(body, str):
        return Response(status, [*headers, ("content-type", "application/xml")], (HEAD + body).encode())
    return Response(status, list(headers), body)


def finish(request: Request, response: Response) -> Response:
    """An answer with what every one has."""
    headers = [
        *response.headers,
        ("x-ms-request-id", str(uuid.uuid4())),
        ("x-ms-version", request.headers.get("x-ms-version", VERSION)),
    ]
    client = request.headers.get("x-ms-client-request-id")
    if client:
        headers.append(("x-ms-client-request-id", client))
    return response._replace(headers=headers)


def refusal(refused: Refused) -> Response:
    """The answer to what is refused, in XML."""
    if refused.status == 304:
        return Response(304, [("x-ms-error-code", "ConditionNotMet")])
    headers = [("x-ms-error-code", refused.code)]
    return answer(refused.status, headers, tag("Error", tag("Code", refused.code), tag("Message", refused.message)))


def stamp(etag: str, modified: float) -> list[tuple[str, str]]:
    """The headers that say which version of something there is now."""
    return [("etag", etag), ("last-modified", http_date(modified))]
