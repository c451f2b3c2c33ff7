"""Which functions start which others by name, read from the source: orchestrators, their activities and their clients."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pystein_runtime.host.app_host import AppHost
    from pystein_runtime.host.functions import Function, FunctionSet

_CALLED = ("activitytrigger", "entitytrigger", "orchestrationtrigger")


class Calls:
    """Read once for every load of the app, and only of apps that have such functions."""

    def __init__(self) -> None:
        self._of: FunctionSet | None = None
        self._known: list[dict[str, str]] = []

    async def of(self, host: AppHost) -> list[dict[str, str]]:
        """Callers and what they call, by the functions' names."""
        functions = host.app.functions
        if host.app.task_hub is not None and self._of is not functions:
            try:
                read = await asyncio.to_thread(_read, host.app.plan.root)
            except Exception:  # the map is worth more than its lines between functions
                read = []
            self._of = functions
            self._known = [
                {"from": caller, "to": target}
                for caller, called in read
                if caller in functions.functions and (target := _target(called, functions.functions.values()))
            ]
        return self._known


def _target(called: str, functions: Iterable[Function]) -> str | None:
    """The function that a durable call means; case counts only between names that differ in nothing else.

    An HTTP function may be named like the entity that it reads, but for its case.
    """
    from pystein_runtime.durable.app import durable_name  # noqa: PLC0415 - of durable apps only

    names = {
        durable_name(function): function.name
        for function in functions
        if function.trigger_type in _CALLED and durable_name(function).lower() == called.lower()
    }
    return names.get(called) or next(iter(names.values()), None)


def _read(root: Path) -> list[tuple[str, str]]:
    from pystein_lsp.features.durable_names import named_functions  # noqa: PLC0415 - of durable apps only
    from pystein_lsp.model.app import App, Context  # noqa: PLC0415
    from pystein_lsp.model.files import Files  # noqa: PLC0415

    app = App(Files(), str(root), Context({}))
    return [
        (function.name, called)
        for function in app.indexed
        if function.name
        for called, _ in dict.fromkeys(named_functions(function))
    ]
