"""Stored access policies of containers, queues and tables. REST reference: "Set Container ACL" and its fellows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from . import markup
from .calls import Refused

if TYPE_CHECKING:
    from pystein_runtime.cloud.store import Store

_FIELDS = {"Start": "st", "Expiry": "se", "Permission": "sp"}
LIMIT = 5


def read(store: Store, owner: str) -> dict[str, dict[str, str]]:
    """The policies of `blob:images`, `queue:orders` or `table:people`, by id."""
    row = store.execute("SELECT content FROM policy WHERE owner = ?", owner).fetchone()
    policies: dict[str, dict[str, str]] = json.loads(row[0]) if row else {}
    return policies


def find(store: Store, owner: str, id_: str) -> dict[str, str] | None:
    """One policy, by the names that a signature has for its values."""
    return read(store, owner).get(id_)


def as_xml(store: Store, owner: str) -> str:
    """The policies as the service shows them."""
    items = []
    for id_, values in read(store, owner).items():
        fields = (markup.tag(name, values[key]) for name, key in _FIELDS.items() if values.get(key))
        items.append(
            markup.tag("SignedIdentifier", markup.tag("Id", id_), markup.tag("AccessPolicy", markup.join(fields)))
        )
    return markup.tag("SignedIdentifiers", markup.join(items))


def write(store: Store, owner: str, body: bytes) -> None:
    """Replace the policies by those of a request's body.

    Raises:
        Refused: InvalidXmlDocument, InvalidInput (more than five).
    """
    policies: dict[str, dict[str, str]] = {}
    if body.strip():
        root = markup.parse(body)
        if root is None:
            raise Refused("InvalidXmlDocument")
        for item in root.findall("SignedIdentifier"):
            policy = item.find("AccessPolicy")
            fields = {key: (policy.findtext(name) or "") for name, key in _FIELDS.items()} if policy is not None else {}
            policies[item.findtext("Id") or ""] = fields
    if len(policies) > LIMIT:
        raise Refused("InvalidInput", f"There may be at most {LIMIT} policies.")
    store.execute("INSERT OR REPLACE INTO policy VALUES (?, ?)", owner, json.dumps(policies))


def delete(store: Store, owner: str) -> None:
    """Forget the policies of what was deleted."""
    store.execute("DELETE FROM policy WHERE owner = ?", owner)
