"""Loading an app and running its functions, without a host around it. Not imported before a test asks for one."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from pystein_runtime.host import launch, results
from pystein_runtime.host.application import Application, Observer
from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.connections import bus as bus_connections
from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.expressions import ExpressionError
from pystein_runtime.host.services import ServiceError
from pystein_runtime.host.spawn import WorkerError
from pystein_runtime.host.workers import LoadError
from pystein_runtime.http import sockets

from .given import to_event
from .results import AppError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pystein_runtime.host.events import Given
    from pystein_runtime.worker.messages import Log

    from .cloud import LocalCloud

LOOPBACK = "127.0.0.1"
_LEVELS = {
    "debug": logging.DEBUG, "information": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR,
    "critical": logging.CRITICAL,
}  # fmt: skip
_logger = logging.getLogger("pystein.app")


async def load(root: Path, cloud: LocalCloud, settings: Mapping[str, str], python: str | None) -> Application:
    """Start a worker with an app, whose bindings lead into a cloud.

    Raises:
        AppError: it cannot be loaded.
    """
    try:
        plan = launch.prepare(root, python or sys.executable, settings)
        bus, cosmos = bus_connections.Door(), cosmos_connections.Door()
        bus.socket, cosmos.sockets = sockets.bind(LOOPBACK, 0), [sockets.bind(LOOPBACK, 0)]  # not on the usual ports
        plan = plan._replace(storage=cloud.endpoints.storage, bus=bus, cosmos=cosmos, state=cloud.folder)
        observer = Observer(_log, lambda _: None, lambda level, text: _logger.log(_LEVELS[level], text))
        app = Application(plan, cloud.endpoints.store, sockets.bind(LOOPBACK, 0), observer, "test")
        try:
            await app.start(app.workers.spawn())
        except BaseException:
            await app.stop(0.0)
            raise
    except (launch.LaunchError, WorkerError, LoadError) as error:
        raise AppError(str(error)) from None
    return app


async def call(app: Application, name: str, data: Any, request: Given, *, send: bool) -> dict[str, Any]:
    """Run a function; gives what `invoke` prints as JSON.

    Raises:
        AppError: there is no such function, or it cannot be run with what was given.
    """
    function = app.functions.find(name)
    if function is None:
        raise AppError(app.unknown(name))
    try:
        event = await to_event(function, data, request, app)
    except (BindingError, ExpressionError, ServiceError) as error:
        raise AppError(str(error)) from None
    return results.to_json(await app.run_by_hand(function, event, send=send), function)


def _log(record: Log, _function: str | None) -> None:
    """What the app logs is among what pytest has captured."""
    _logger.log(_LEVELS[record.level], "%s", record.message)
