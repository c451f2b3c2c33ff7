"""An app whose functions tests call: its worker, and a local cloud for its bindings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .results import InvocationError, Result, from_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .cloud import LocalCloud


class FunctionApp:
    """A loaded app. Its code runs in a process of its own, as on the platform; `cloud` is where its bindings lead."""

    def __init__(
        self, root: Path, cloud: LocalCloud, settings: Mapping[str, str] | None = None, python: str | None = None
    ) -> None:
        from .loading import load  # noqa: PLC0415 - not before a test asks

        self.root = root
        self.cloud = cloud
        self._background = cloud.background
        self._application = self._background.run(load(root, cloud, settings or {}, python))

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
        from pystein_runtime.host.events import Given  # noqa: PLC0415 - not before a test asks

        from .loading import call  # noqa: PLC0415 - the same

        request = Given(method=method, route=_texts(route), query=_texts(query), headers=_texts(headers))
        result = from_json(self._background.run(call(self._application, function, data, request, send=send)))
        if check and not result.ok:
            raise InvocationError(result)
        return result

    def close(self) -> None:
        """End its process."""
        self._background.run(self._application.stop(0.0))


def _texts(values: Mapping[str, object] | None) -> dict[str, str]:
    return {name: str(value) for name, value in (values or {}).items()}
