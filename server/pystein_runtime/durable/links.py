"""The addresses that clients get: of an instance's management, and what a `durableClient` binding is made of.

Shapes: azure-functions-durable-extension, `HttpApiHandler`.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import quote

PATH = "/runtime/webhooks/durabletask"
SYSTEM_KEY = "durabletask_extension"
_CONNECTION = "Storage"
_LARGEST = 1 << 30  # bytes of a gRPC message; gRPC's own limit is 4 MB


class Links(NamedTuple):
    """What addresses are made of."""

    origin: str
    """`http://localhost:7071`."""
    hub: str
    code: str = ""
    """The key that callers must show; empty: none."""

    @property
    def base(self) -> str:
        """Where the webhooks are."""
        return self.origin + PATH

    @property
    def required(self) -> str:
        """What every query must have."""
        return f"code={quote(self.code, safe='')}" if self.code else ""

    @property
    def suffix(self) -> str:
        """What the queries of an instance's addresses have."""
        return "&".join(filter(None, (f"taskHub={quote(self.hub)}", f"connection={_CONNECTION}", self.required)))


def management(links: Links, id_: str) -> dict[str, str]:
    """The addresses of an instance."""
    suffix = links.suffix
    place = f"{links.base}/instances/{quote(id_, safe='')}"
    return {
        "id": id_,
        "statusQueryGetUri": f"{place}?{suffix}",
        "sendEventPostUri": f"{place}/raiseEvent/{{eventName}}?{suffix}",
        "terminatePostUri": f"{place}/terminate?reason={{text}}&{suffix}",
        "rewindPostUri": f"{place}/rewind?reason={{text}}&{suffix}",
        "purgeHistoryDeleteUri": f"{place}?{suffix}",
        "restartPostUri": f"{place}/restart?{suffix}",
        "suspendPostUri": f"{place}/suspend?reason={{text}}&{suffix}",
        "resumePostUri": f"{place}/resume?reason={{text}}&{suffix}",
    }


def timeline(links: Links, id_: str) -> str:
    """The address of an instance's timeline."""
    return f"{links.base}/instances/{quote(id_, safe='')}/timeline" + (f"?{links.required}" if links.code else "")


def client(links: Links, rpc: str) -> str:
    """What a `durableClient` binding gives its function; `rpc` is where the package's own requests go."""
    return json.dumps(_client(links, rpc))


def grpc_client(links: Links, rpc: str) -> str:
    """The same for azure-functions-durable 2.x, whose own requests are gRPC."""
    more = {"httpBaseUrl": links.base, "maxGrpcMessageSizeInBytes": _LARGEST, "grpcHttpClientTimeout": "00:01:40"}
    return json.dumps({**_client(links, rpc), **more})


def _client(links: Links, rpc: str) -> dict[str, Any]:
    required = links.required
    start = f"{links.base}/orchestrators/{{functionName}}[/{{instanceId}}]"
    return {
        "taskHubName": links.hub,
        "creationUrls": {
            "createNewInstancePostUri": f"{start}?{required}",
            "createAndWaitOnNewInstancePostUri": (
                f"{start}?timeout={{timeoutInSeconds}}&pollingInterval={{intervalInSeconds}}&{required}"
            ),
        },
        "managementUrls": management(links, "INSTANCEID"),
        "baseUrl": links.base,
        "requiredQueryStringParameters": required,
        "rpcBaseUrl": rpc,
    }
