"""Where the app's logging, `print` and standard error go: to the host, each with the invocation it belongs to."""

from __future__ import annotations

import io
import logging
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, TextIO

from .context import current_invocation
from .messages import Log

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

DEBUG_SETTING = "PYTHON_ENABLE_DEBUG_LOGGING"
_SYSTEM = ("azure_functions_worker", "azure.functions")  # categories of the platform: official worker, logging.py
_LONGEST = 64 * 1024  # bytes of a line; a progress bar may never end its
_LEVELS = (
    (logging.CRITICAL, "critical"),
    (logging.ERROR, "error"),
    (logging.WARNING, "warning"),
    (logging.INFO, "information"),
    (logging.DEBUG, "debug"),
)


def capture(send: Callable[[Log], bool]) -> Callable[[], None]:
    """Send the records of the root logger and the lines of sys.stdout and sys.stderr from now on.

    `send` says whether it could; what cannot be sent is written to the process's own standard error.

    Returns:
        What sends the unfinished lines of the invocation that the caller is in.
    """
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if is_true(os.environ.get(DEBUG_SETTING)) else logging.INFO)
    root.addHandler(LogHandler(send))
    lines = (Lines("stdout", send), Lines("stderr", send))
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(sink, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True)  # type: ignore[type-var, arg-type, unused-ignore] # a raw stream is enough
        for sink in lines
    )

    def finish() -> None:
        for sink in lines:
            if sink.unfinished:
                sink.finish(current_invocation())

    return finish


def is_true(setting: str | None) -> bool:
    """Whether the platform takes a setting for true (azure-functions-runtime 1.3.0, utils/app_setting_manager.py)."""
    return setting is not None and setting.lower().strip() in {"1", "true", "t", "yes", "y"}


class LogHandler(logging.Handler):
    """Sends records to the host.

    A record that cannot be formatted raises in the app's code, as the official worker's handler does: who logs
    `logging.info("n", 1)` shall see here what happens there.
    """

    def __init__(self, send: Callable[[Log], bool]) -> None:
        super().__init__()
        self._send = send

    def handle(self, record: logging.LogRecord) -> Any:
        """Send one record, without the lock of other handlers.

        Ours would be taken while another thread holds the sender's, whose owner may come back here from a finalizer.
        """
        passed: Any = self.filter(record)  # from 3.12 on it may be another record
        if passed:
            self.emit(passed if isinstance(passed, logging.LogRecord) else record)
        return passed

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record."""
        text = self.format(record)
        message, exception = text, None
        if self.formatter is None and (record.exc_info or record.exc_text or record.stack_info):
            message = record.getMessage()
            exception = text[len(message) :].lstrip("\n") or None
        level = next((name for number, name in _LEVELS if record.levelno >= number), "trace")
        system = record.name.startswith(_SYSTEM)
        log = Log(current_invocation(), level, record.name, message, exception, system, record.created)
        if not self._send(log):
            _say(text)


class Lines(io.RawIOBase):
    """The bytes under sys.stdout or sys.stderr, sent line by line; pieces of different invocations do not mix."""

    def __init__(self, name: str, send: Callable[[Log], bool]) -> None:
        super().__init__()
        self.name = f"<{name}>"
        self.unfinished: dict[str | None, bytes] = {}
        self._category = name
        self._send = send
        self._lock = threading.RLock()
        self._process: TextIO | None = getattr(sys, f"__{name}__")
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """In a process that the app forked: what its parent has begun is its parent's."""
        self._lock = threading.RLock()
        self.unfinished.clear()

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The process's own stream, for subprocesses that shall write there; the host reads that too."""
        if self._process is None:
            raise io.UnsupportedOperation("fileno")
        return self._process.fileno()

    def write(self, data: Buffer, /) -> int:
        """Take what was printed."""
        piece = bytes(data)
        owner = current_invocation()
        with self._lock:
            text = self.unfinished.pop(owner, b"") + piece
            *complete, rest = text.split(b"\n")
            if len(rest) > _LONGEST:
                complete.append(rest)
            elif rest:
                self.unfinished[owner] = rest
        for line in complete:  # not under the lock: see LogHandler.handle
            self._send_line(owner, line)
        return len(piece)

    def finish(self, owner: str | None) -> None:
        """Send what an invocation has printed without an end of line."""
        with self._lock:
            rest = self.unfinished.pop(owner, None)
        if rest is not None:
            self._send_line(owner, rest)

    def _send_line(self, owner: str | None, line: bytes) -> None:
        text = line.decode(errors="backslashreplace").rstrip("\r")
        level = "information" if self._category == "stdout" else error_level(text)
        if not self._send(Log(owner, level, self._category, text, None, system=False, time=time.time())):
            _say(text)


def error_level(line: str) -> str:
    """The level of a line on standard error, by its words (azure-functions-host, WorkerProcess.cs)."""
    lower = line.lower()
    if "warn" in lower:
        return "warning"
    words = ("error", "fail", "severe", "unhandled exception")
    return "error" if any(word in lower for word in words) else "information"


def _say(text: str) -> None:
    if sys.__stderr__ is not None:
        print(text, file=sys.__stderr__, flush=True)  # there is nobody else to tell
