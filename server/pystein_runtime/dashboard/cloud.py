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
"""The modules of `services` about what is in the store."""
SERVERS = {"kafka": ("kafka",), "sql": ("sql", "mysql"), "redis": ("redis",)}
"""Those about what is not, with how the types of their bindings begin: without any, nothing of them is imported."""


async def listed(host: AppHost) -> dict[str, Any]:
    """The things of every service."""
    cloud = _cloud(host)
    found = {name: _module(name).listed(cloud) for name in SERVICES}
    for name, types in SERVERS.items():
        wanted = any(binding.type.lower().startswith(types) for binding in cloud.bindings)
        found[name] = await _module(name).listed(cloud) if wanted else []
    return found


async def shown(host: AppHost, service: str, query: Mapping[str, str]) -> dict[str, Any]:
    """What is in one of them.

    Raises:
        Unusable: it is not there.
    """
    module = _module(service)
    try:
        shown = module.shown(_cloud(host), query)
        found: dict[str, Any] = await shown if service in SERVERS else shown
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
    if name not in SERVICES and name not in SERVERS:
        raise Unusable(f"There is no service {name}.", 404)
    return import_module(f"pystein_runtime.dashboard.services.{name}")


def _cloud(host: AppHost) -> Cloud:
    functions = host.app.functions.functions.values()
    bindings = [binding for each in functions for binding in (each.trigger, *each.inputs, *each.outputs)]
    return Cloud(host.store, host.app.config, host.app.services, bindings)
