"""Where the documents of a binding are, by today's names and by those of the older extension."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding

LEASES = "leases"
"""The container of leases of a trigger that names none."""


class Place(NamedTuple):
    """A container."""

    database: str
    container: str


def place_of(binding: Binding) -> Place:
    """The container of a binding."""
    return Place(binding.text("databaseName"), binding.text("containerName") or binding.text("collectionName"))


def lease_place(binding: Binding) -> Place | None:
    """Where a trigger keeps how far it has come; None for other bindings."""
    if not binding.type.lower().endswith("trigger"):
        return None
    database = binding.text("leaseDatabaseName") or binding.text("databaseName")
    return Place(database, binding.text("leaseContainerName") or binding.text("leaseCollectionName") or LEASES)


def wants_versions(binding: Binding) -> bool:
    """Whether a trigger wants every version and deletion, and not the latest version only."""
    return binding.text("changeFeedMode").lower().replace("_", "") == "allversionsanddeletes"


def lease_connection(binding: Binding) -> str:
    """The connection of a trigger's leases; empty: the trigger's own."""
    return binding.text("leaseConnection") or binding.text("leaseConnectionStringSetting")
