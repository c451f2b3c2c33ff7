"""Looks into the local cloud: one file per service.

A module has `listed(cloud)`, the things of its service with how much they hold, and `shown(cloud, query)`, what is in one
of them; where messages can fail it has `replay(cloud, given)` too, which gives one back to be delivered again. Modules of
services that are not in the store are asynchronous.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.dashboard.values import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pystein_runtime.cloud.store import Store
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.host_config import HostConfig
    from pystein_runtime.host.services import Services

LIMIT = 200
"""Things of one answer."""


class Cloud(NamedTuple):
    """What is looked into."""

    store: Store
    config: HostConfig
    services: Services
    bindings: Sequence[Binding]
    """Of all functions of the app."""


def required(given: Mapping[str, Any], name: str) -> str:
    """A text that the request must bring.

    Raises:
        Unusable: it does not.
    """
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise Unusable(f"The request must say {name}.")
    return value


def offset(given: Mapping[str, Any]) -> int:
    """How many things the request has seen already; 0 where it does not say.

    Raises:
        Unusable: it is no number.
    """
    text = str(given.get("skip", "0"))
    if not text.isdecimal():
        raise Unusable(f"skip must be a whole number from 0 on, not '{text}'.")
    return int(text)


def has_table(store: Store, name: str) -> bool:
    """Whether a service has ever been used in this store: some make their tables only then."""
    return store.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name).fetchone() is not None
