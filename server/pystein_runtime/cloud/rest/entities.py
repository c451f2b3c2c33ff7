"""Entities between the wire's JSON and the store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.account import ACCOUNT
from pystein_runtime.cloud.tables import timestamp

from .calls import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.cloud.tables import Entity

_OWN = {"PartitionKey", "RowKey", "Timestamp"}
_PLAIN = {"Edm.String", "Edm.Boolean", "Edm.Int32"}
"""Types that JSON says by itself."""
_TYPES = {"Edm.Int64", "Edm.Double", "Edm.DateTime", "Edm.Guid", "Edm.Binary", *_PLAIN}


def read(body: bytes) -> dict[str, Any]:
    """The entity in a request's body.

    Raises:
        Refused: InvalidInput, PropertiesNeedValue.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("InvalidInput", "The body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise Refused("InvalidInput", "An entity is a JSON object.")
    for name in ("PartitionKey", "RowKey"):
        if name in value and not isinstance(value[name], str):
            raise Refused("InvalidInput", f"{name} must be text.")
    return value


def properties_of(value: Mapping[str, Any]) -> dict[str, Any]:
    """What the store keeps of an entity: no keys, nothing that is null, types only where JSON does not say them.

    Raises:
        Refused: InvalidInput.
    """
    kept: dict[str, Any] = {}
    for name, item in value.items():
        base, _, kind = name.partition("@")
        if kind or base in _OWN or name.startswith("odata.") or item is None:
            continue
        if isinstance(item, dict | list):
            raise Refused("InvalidInput", f"The value of {name} is neither text, number nor Boolean.")
        kept[name] = item
        type_ = value.get(f"{name}@odata.type")
        if type_ is not None and type_ not in _TYPES:
            raise Refused("InvalidInput", f"{type_} is not a type of the Table service.")
        if type_ is not None and type_ not in _PLAIN:
            kept[f"{name}@odata.type"] = type_
    return kept


def whole(entity: Entity) -> dict[str, Any]:
    """An entity with its keys and its timestamp, as filters see it."""
    return {
        "PartitionKey": entity.partition,
        "RowKey": entity.row,
        "Timestamp": timestamp(entity.modified),
        "Timestamp@odata.type": "Edm.DateTime",
        **entity.properties,
    }


def shown(entity: Entity, table: str, select: list[str] | None, level: str, host: str) -> dict[str, Any]:
    """An entity as an answer has it.

    Args:
        entity: which one.
        table: its table.
        select: the wanted properties; None: all.
        level: `nometadata`, `minimalmetadata` or `fullmetadata`.
        host: under which the service is reached.
    """
    values = whole(entity)
    if level != "fullmetadata":
        del values["Timestamp@odata.type"]
    if select is not None:
        wanted = set(select)
        values = {name: item for name, item in values.items() if name.partition("@")[0] in wanted}
    if level == "nometadata":
        return {name: item for name, item in values.items() if "@" not in name}
    head: dict[str, Any] = {"odata.etag": entity.etag}
    if level == "fullmetadata":
        link = f"{table}(PartitionKey='{entity.partition}',RowKey='{entity.row}')"
        head = {
            "odata.type": f"{ACCOUNT}.{table}",
            "odata.id": f"http://{host}/{ACCOUNT}/{link}",
            "odata.etag": entity.etag,
            "odata.editLink": link,
        }
    return {**head, **values}
