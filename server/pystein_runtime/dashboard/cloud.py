"""What is in the local cloud, service by service."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .services import Cloud
from .values import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from pystein_runtime.host.app_host import AppHost

SERVICES = ("queues", "blobs", "tables", "documents", "bus", "hubs", "topics")
"""The modules of `services`."""


def listed(host: AppHost) -> dict[str, Any]:
    """The things of every service."""
    cloud = _cloud(host)
    return {name: _module(name).listed(cloud) for name in SERVICES}


def shown(host: AppHost, service: str, query: Mapping[str, str]) -> dict[str, Any]:
    """What is in one of them.

    Raises:
        Unusable: it is not there.
    """
    module = _module(service)
    try:
        found: dict[str, Any] = module.shown(_cloud(host), query)
    except Unusable:
        raise
    except Exception as error:  # the services' own refusals: a queue, a table, an entity that is not there
        raise Unusable(str(error), 404) from error
    return found


def replay(host: AppHost, service: str, given: Mapping[str, Any]) -> str:
    """Give a message that failed back to be delivered again; says where it went.

    Raises:
        Unusable: it cannot be.
    """
    module = _module(service)
    if not hasattr(module, "replay"):
        raise Unusable(f"Nothing of {service} can be delivered again.")
    try:
        return str(module.replay(_cloud(host), given))
    except Unusable:
        raise
    except Exception as error:
        raise Unusable(str(error), 404) from error


def _module(name: str) -> ModuleType:
    if name not in SERVICES:
        raise Unusable(f"There is no service {name}.", 404)
    return import_module(f"pystein_runtime.dashboard.services.{name}")


def _cloud(host: AppHost) -> Cloud:
    return Cloud(host.store, host.app.config)
