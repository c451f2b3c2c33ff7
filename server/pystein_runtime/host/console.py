"""What `start` prints: for people, coloured on a terminal, or one JSON object per line."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import IO, TYPE_CHECKING, Any

from . import datetimes, overview

if TYPE_CHECKING:
    from pystein_runtime.worker.messages import Log

    from .app_host import AppHost
    from .debugging import DebugPort
    from .invocation import Outcome

BURST = 50  # successful invocations of a function that are shown one by one within a second

_COLORS = {"error": "31", "critical": "31", "warning": "33", "debug": "2", "trace": "2", "function": "36", "dim": "2"}


class Console:
    """Writes lines; those of one turn of the loop leave in one write."""

    def __init__(self, stream: IO[str] | None = None, *, as_json: bool = False, color: bool | None = None) -> None:
        self._stream = stream or sys.stdout
        self.as_json = as_json
        self._color = _is_terminal(self._stream) if color is None else color
        self._closed = False
        self._counts: dict[str, int] = {}
        self._second = 0

    # -- lines --------------------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """A line as it is, for people only."""
        if not self.as_json:
            self._emit(text)

    def event(self, name: str, **fields: Any) -> None:
        """An object of JSON, for programs only."""
        if self.as_json:
            now = datetimes.iso(time.time())
            self._emit(json.dumps({"time": now, "event": name, **fields}, ensure_ascii=False))

    def note(self, level: str, message: str) -> None:
        """Something that the host has to say."""
        if self.as_json:
            self.event("host", level=level, message=message)
        else:
            self._emit(self._line(level, message))

    def log(self, record: Log, function: str | None) -> None:
        """A record of the app."""
        if self.as_json:
            self.event(
                "log", level=record.level, category=record.category, function=function, invocationId=record.id,
                message=record.message, **({"exception": record.exception} if record.exception else {}),
            )  # fmt: skip
            return
        text = f"{record.message}\n{record.exception}" if record.exception else record.message
        self._emit(self._line(record.level, text, record.time))

    def outcome(self, outcome: Outcome) -> None:
        """An invocation's end; of many that succeed within a second only the first are shown, then their number."""
        self._flush_counts()
        if outcome.ok:
            count = self._counts[outcome.function] = self._counts.get(outcome.function, 0) + 1
            if count > BURST:
                return
        if self.as_json:
            error = outcome.error and {"type": outcome.error.type, "message": outcome.error.message}
            self.event(
                "invocation", function=outcome.function, invocationId=outcome.id, reason=outcome.reason,
                status="succeeded" if outcome.ok else "failed", durationMs=round(outcome.milliseconds, 3), error=error,
            )  # fmt: skip
            return
        ending = "Succeeded" if outcome.ok else "Failed"
        text = f"Executed 'Functions.{outcome.function}' ({ending}, Id={outcome.id}, Duration={outcome.milliseconds:.0f}ms)"
        self._emit(self._line("information" if outcome.ok else "error", text))
        if outcome.error is not None:
            error_text = outcome.error.traceback.rstrip() or f"{outcome.error.type}: {outcome.error.message}"
            self._emit(self.paint("error", error_text))
        for note in outcome.notes:
            self._emit(self._line("warning", f"{outcome.function}: {note}"))

    # -- the host's life ----------------------------------------------------------------------------------

    def ready(self, host: AppHost) -> None:
        """Functions, routes and schedules, when the host begins to serve."""
        if self.as_json:
            self._problems(host)
            self.event(
                "ready", url=host.url, pid=os.getpid(), functions=overview.as_json(host), cloud=overview.addresses(host)
            )
            return
        self._emit(
            f"{host.app.plan.root}  (azure-functions {host.app.workers.library}, {host.app.plan.interpreter.path})"
        )
        self._emit("")
        self._emit(self.paint("warning", "Functions:"))
        self._emit("")
        for name, detail in overview.rows(host):
            self._emit(f"\t{self.paint('function', name)}: {detail}")
        self._emit("")
        for line in overview.endpoints(host):
            self._emit(line)
        self._problems(host)
        keys = "  (r: reload, q: quit)" if self._color and sys.stdin is not None and sys.stdin.isatty() else ""
        if host.keys is not None:
            self._emit(f"Function keys: {host.keys.path}")
        self._emit(f"Host started ({host.uptime * 1000:.0f}ms) on {host.url}{keys}")

    def debugger(self, state: str, port: DebugPort) -> None:
        """A debugger is waited for, has come, or has gone."""
        self.event("debugger", state=state, host=port.host, port=port.port)
        what = {"waiting": "Waiting for a debugger to attach to", "attached": "A debugger is attached to"}
        self.write(f"{what.get(state, 'The debugger has left')} {port.host}:{port.port}")

    def reloaded(self, host: AppHost, seconds: float) -> None:
        """The app was loaded afresh."""
        self._problems(host)
        if self.as_json:
            self.event("reloaded", durationMs=round(seconds * 1000), functions=overview.as_json(host))
            return
        names = ", ".join(name for name, _ in overview.rows(host))
        self.note("information", f"Reloaded in {seconds * 1000:.0f}ms: {names}")

    def failed(self, message: str, *, serving: bool) -> None:
        """The app cannot be loaded."""
        if self.as_json:
            self.event("load-failed", message=message, serving=serving)
            return
        self._emit(self.paint("error", message))
        rest = "The code loaded before serves on." if serving else "No functions are loaded."
        self.note("error", f"The app cannot be loaded; see above. {rest}")

    def _problems(self, host: AppHost) -> None:
        for error in host.app.functions.errors:
            self.note("error", f"The '{error.function}' function is in error: {error.message}")
        for message in overview.warnings(host):
            self.note("warning", message)

    def flush(self, *, all_: bool = False) -> None:
        """Say what was only counted in the seconds before, or until now."""
        self._flush_counts(all_=all_)

    def paint(self, kind: str, text: str) -> str:
        """Text in the colour of a kind, where colours are wanted."""
        color = _COLORS.get(kind)
        return f"\x1b[{color}m{text}\x1b[0m" if self._color and color else text

    # -- helpers ------------------------------------------------------------------------------------------

    def _flush_counts(self, *, all_: bool = False) -> None:
        second = int(time.time())
        if second == self._second and not all_:
            return
        self._second = second
        for function, count in self._counts.items():
            if count > BURST:
                self.note("information", f"{count - BURST} more executions of '{function}' succeeded.")
        self._counts.clear()

    def _line(self, level: str, message: str, moment: float | None = None) -> str:
        now = datetimes.utc(time.time() if moment is None else moment)
        stamp = f"[{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03}Z]"
        return f"{self.paint('dim', stamp)} {self.paint(level, message)}"

    def _emit(self, line: str) -> None:
        if self._closed:
            return
        try:
            self._stream.write(line + "\n")
            self._stream.flush()
        except UnicodeEncodeError:
            encoding = getattr(self._stream, "encoding", None) or "ascii"
            self._stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        except (OSError, ValueError):  # whoever read this has gone; the host serves on
            self._closed = True


def _is_terminal(stream: IO[str]) -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()
