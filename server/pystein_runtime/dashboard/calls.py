"""Which functions start which others by name, read from the source: orchestrators, their activities and their clients."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pystein_runtime.host.app_host import AppHost
    from pystein_runtime.host.functions import FunctionSet


class Calls:
    """Read once for every load of the app, and only of apps that have such functions."""

    def __init__(self) -> None:
        self._of: FunctionSet | None = None
        self._known: list[dict[str, str]] = []

    async def of(self, host: AppHost) -> list[dict[str, str]]:
        """Callers and what they call, by the functions' names."""
        functions = host.app.functions
        if host.app.task_hub is not None and self._of is not functions:
            known = {name.lower(): name for name in functions.functions}
            try:
                read = await asyncio.to_thread(_read, host.app.plan.root)
            except Exception:  # the map is worth more than its lines between functions
                read = []
            self._of = functions
            self._known = [
                {"from": known[caller.lower()], "to": known[called.lower()]}
                for caller, called in read
                if caller.lower() in known and called.lower() in known
            ]
        return self._known


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
