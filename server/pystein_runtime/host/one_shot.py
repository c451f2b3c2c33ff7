"""Running one function once, without listening: for `invoke` when no host runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.storage import StorageServer

from . import events, launch, results
from .application import Application, Observer
from .bindings import BindingError
from .expressions import ExpressionError
from .services import ServiceError
from .workers import LoadError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .debugging import DebugPort
    from .events import Given
    from .plan import Booted, Plan


def run(
    plan: Plan,
    booted: Booted,
    function: str,
    given: Given,
    *,
    send: bool,
    on_debugger: Callable[[str, Mapping[str, Any]], None] = lambda *_: None,
) -> dict[str, Any]:
    """Run a function; gives the outcome in the shape of `invoke`, also when the app cannot be loaded.

    `on_debugger` hears that a debugger is waited for, has come or has gone, and where (`{"host", "port"}`).

    Raises:
        LaunchError: there is no such function, or it cannot be run with what was given.
    """

    def tell(state: str, port: DebugPort) -> None:
        on_debugger(state, {"host": port.host, "port": port.port})

    observer = Observer(lambda *_: None, lambda *_: None, lambda *_: None, tell)
    return asyncio.run(_run(plan, booted, function, given, observer, send=send))


async def _run(
    plan: Plan, booted: Booted, function: str, given: Given, observer: Observer, *, send: bool
) -> dict[str, Any]:
    app = Application(plan, booted.store, booted.worker, observer, "invoke")
    storage = StorageServer(booted.store, lambda _: None)
    try:
        await storage.listen(booted.storage)
        await app.start(booted.spawned)
        found = app.functions.find(function)
        if found is None:
            raise launch.LaunchError(app.unknown(function))
        event = await events.make(found, given, plan.root, app, f"http://{plan.address}")
        return results.to_json(await app.run_by_hand(found, event, send=send), found)
    except LoadError as error:
        if error.unusable:
            raise launch.LaunchError(str(error)) from error
        return results.load_failure(function, str(error), error.error)
    except (BindingError, ExpressionError, ServiceError) as error:
        raise launch.LaunchError(str(error)) from error
    finally:
        await app.stop()
        await storage.close(0.0)
