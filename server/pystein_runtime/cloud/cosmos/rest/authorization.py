"""Master keys. REST reference: "Access control on Azure Cosmos DB resources"."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pystein_runtime.cloud.cosmos.errors import CosmosError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pystein_runtime.http.messages import Request

_PARTITION_DELETE = "/operations/partitionkeydelete"


def check(request: Request, key: str) -> None:
    """Whether the request is signed with the account's key, Base64.

    Raises:
        CosmosError: Unauthorized.
    """
    given = request.headers.get("authorization", "")
    if not given:
        raise CosmosError(
            401, "Required Header authorization is missing. Ensure a valid Authorization token is passed."
        )
    token = dict(part.partition("=")[::2] for part in unquote(given).split("&"))
    if token.get("type", "").lower() != "master":
        raise CosmosError(401, "The local cloud knows the account's key only, no tokens.")
    signature = token.get("sig", "").encode("utf-8", "replace")
    text = ""
    for text in _texts(request):
        digest = hmac.new(b64decode(key), text.encode("utf-8", "surrogatepass"), sha256).digest()
        if hmac.compare_digest(b64encode(digest), signature):
            return
    raise CosmosError(
        401,
        "The input authorization token can't serve the request. The wrong key is being used or the expected payload is not "
        f"built as per the protocol. Server used the following payload to sign: {text!r}",
    )


def _texts(request: Request) -> Iterator[str]:
    """What may have been signed: links are by names or by resource ids, names as they are or encoded."""
    date = request.headers.get("x-ms-date", "").lower()
    http_date = "" if "x-ms-date" in request.headers else request.headers.get("date", "").lower()
    for path in dict.fromkeys((unquote(request.path), request.path)):
        kind, link = _resource(path.strip("/"))
        for name in dict.fromkeys((link, link.rpartition("/")[2].lower())):
            yield f"{request.method.lower()}\n{kind}\n{name}\n{date}\n{http_date}\n"


def _resource(path: str) -> tuple[str, str]:
    """The kind of resource, and the link of the resource itself or of what it is within."""
    if path.endswith(_PARTITION_DELETE):
        return "colls", path.removesuffix(_PARTITION_DELETE)
    parts = path.split("/") if path else []
    if len(parts) % 2:
        return parts[-1].lower(), "/".join(parts[:-1])
    return (parts[-2].lower(), path) if parts else ("", "")
