"""An app whose functions tests call: its worker, and a local cloud for its bindings."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from .results import InvocationError, Result, from_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pystein_runtime.host.application import Application
    from pystein_runtime.worker.messages import Log

    from .cloud import LocalCloud

_LEVELS = {
    "debug": logging.DEBUG, "information": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR,
    "critical": logging.CRITICAL,
}  # fmt: skip
_logger = logging.getLogger("pystein.app")


class AppError(Exception):
    """The app cannot be loaded, or has no such function; the text says why, in full."""


class FunctionApp:
    """A loaded app. Its code runs in a process of its own, as on the platform; `cloud` is where its bindings lead."""

    def __init__(
        self, root: Path, cloud: LocalCloud, settings: Mapping[str, str] | None = None, python: str | None = None
    ) -> None:
        self.root = root
        self.cloud = cloud
        self._background = cloud.background
        self._application = self._background.run(self._start(settings or {}, python))

    @property
    def functions(self) -> list[str]:
        """The names of its functions."""
        return list(self._application.functions.functions)

    def call(
        self,
        function: str,
        data: Any = None,
        *,
        method: str | None = None,
        route: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        send: bool = False,
        check: bool = True,
    ) -> Result:
        """Run a function once and give what came of it.

        Args:
            function: its name.
            data: what sets it off: text and bytes as they are, anything else as JSON; a message or request of
                azure.functions as what it carries; None: a made-up event of its trigger.
            method: of an HTTP request; None: the first that suits.
            route: values of the route's parameters.
            query: values of the query.
            headers: of the request.
            send: whether outputs are written to real services, too, where connections name them.
            check: whether a function that fails shall fail the test.

        Raises:
            InvocationError: the function failed, and `check` is set.
            AppError: there is no such function, or it cannot be run with what was given.
        """
        request = {"method": method, "route": _texts(route), "query": _texts(query), "headers": _texts(headers)}
        result = from_json(self._background.run(self._call(function, data, request, send=send)))
        if check and not result.ok:
            raise InvocationError(result)
        return result

    def close(self) -> None:
        """End its process."""
        self._background.run(self._application.stop(0.0))

    # -- in the loop --------------------------------------------------------------------------------------

    async def _start(self, settings: Mapping[str, str], python: str | None) -> Application:
        from pystein_runtime.host import bus_connections, cosmos_connections, launch  # noqa: PLC0415 - not before a test asks
        from pystein_runtime.host.application import Application, Observer  # noqa: PLC0415
        from pystein_runtime.host.spawn import WorkerError  # noqa: PLC0415
        from pystein_runtime.host.workers import LoadError  # noqa: PLC0415
        from pystein_runtime.http import sockets  # noqa: PLC0415

        try:
            plan = launch.prepare(self.root, python or sys.executable, settings)
            bus, cosmos = bus_connections.Door(), cosmos_connections.Door()
            bus.socket, cosmos.sockets = (
                sockets.bind("127.0.0.1", 0),
                [sockets.bind("127.0.0.1", 0)],
            )  # not the usual ones
            plan = plan._replace(storage=self.cloud.endpoints, bus=bus, cosmos=cosmos, state=self.cloud.folder)
            observer = Observer(_log, lambda _: None, lambda level, text: _logger.log(_LEVELS[level], text))
            application = Application(plan, self.cloud.store, sockets.bind("127.0.0.1", 0), observer, "test")
            try:
                await application.start(application.workers.spawn())
            except BaseException:
                await application.stop(0.0)
                raise
        except (launch.LaunchError, WorkerError, LoadError) as error:
            raise AppError(str(error)) from None
        return application

    async def _call(self, name: str, data: Any, request: Mapping[str, Any], *, send: bool) -> dict[str, Any]:
        from pystein_runtime.host import results  # noqa: PLC0415 - not before a test asks
        from pystein_runtime.host.bindings import BindingError  # noqa: PLC0415
        from pystein_runtime.host.events import Given  # noqa: PLC0415
        from pystein_runtime.host.expressions import ExpressionError  # noqa: PLC0415
        from pystein_runtime.host.services import ServiceError  # noqa: PLC0415

        from .given import to_event  # noqa: PLC0415

        application = self._application
        function = application.functions.find(name)
        if function is None:
            raise AppError(application.unknown(name))
        base = f"http://{application.plan.address}"
        try:
            event = await to_event(function, data, Given(**request), self.root, application, base)
        except (BindingError, ExpressionError, ServiceError) as error:
            raise AppError(str(error)) from None
        return results.to_json(await application.run_by_hand(function, event, send=send), function)


def _log(record: Log, _function: str | None) -> None:
    """What the app logs is among what pytest has captured."""
    _logger.log(_LEVELS[record.level], "%s", record.message)


def _texts(values: Mapping[str, object] | None) -> dict[str, str]:
    return {name: str(value) for name, value in (values or {}).items()}
