"""The properties of a service: kept and given back; of them only analytics settings exist, which change nothing here.

REST reference: "Set Blob Service Properties" and its fellows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud.datetimes import http_date

from . import markup
from .calls import Call, Refused, answer
from .markup import tag

if TYPE_CHECKING:
    from pystein_runtime.http.messages import Response

_METRICS = (
    "<Version>1.0</Version><Enabled>false</Enabled>"
    "<RetentionPolicy><Enabled>false</Enabled></RetentionPolicy>"
)  # fmt: skip
_DEFAULTS = {
    "Logging": "<Version>1.0</Version><Delete>false</Delete><Read>false</Read><Write>false</Write>"
    "<RetentionPolicy><Enabled>false</Enabled></RetentionPolicy>",
    "HourMetrics": _METRICS,
    "MinuteMetrics": _METRICS,
    "Cors": "",
}
_BLOB_DEFAULTS = {
    "DefaultServiceVersion": "2026-06-06",
    "DeleteRetentionPolicy": "<Enabled>false</Enabled>",
    "StaticWebsite": "<Enabled>false</Enabled>",
}


def handle(call: Call, service: str) -> Response | None:
    """Answer a request about the properties or statistics of a service; None when it is about something else."""
    if call.text("restype") != "service":
        return None
    if call.text("comp") == "stats" and call.method == "GET":
        replication = tag("GeoReplication", tag("Status", "live"), tag("LastSyncTime", http_date(call.store.now())))
        return answer(200, body=tag("StorageServiceStats", replication))
    if call.text("comp") != "properties":
        return None
    if call.method == "GET":
        sections = {**_DEFAULTS, **(_BLOB_DEFAULTS if service == "blob" else {}), **_kept(call, service)}
        inner = markup.join(f"<{name}>{content}</{name}>" for name, content in sections.items())
        return answer(200, body=tag("StorageServiceProperties", inner))
    if call.method != "PUT":
        raise Refused("UnsupportedHttpVerb")
    root = markup.parse(call.body)
    if root is None:
        raise Refused("InvalidXmlDocument")
    for child in root:
        inner = markup.join([child.text or "", *(markup.written(item) for item in child)])
        call.store.set_property(f"{service} service {child.tag}", inner)
    return answer(202)


def _kept(call: Call, service: str) -> dict[str, str]:
    prefix = f"{service} service "
    rows = call.store.execute("SELECT name, value FROM property WHERE substr(name, 1, ?) = ?", len(prefix), prefix)
    return {name[len(prefix) :]: value for name, value in rows}
