"""The debugger's end in the worker: debugpy, listening on loopback, when the host says where it is to be had."""

from __future__ import annotations

import os
import sys

from .protocol import DEBUGPY_VARIABLE

_QUIET = "PYDEVD_DISABLE_FILE_VALIDATION"  # spares a warning about modules frozen into the interpreter
LOOPBACK = "127.0.0.1"


class DebuggerError(Exception):
    """There is no debugger to be had; the text is for the user."""


def listen() -> int | None:
    """Let a debugger in, where the host wants it; only from the main thread, before the app's code is there.

    The variable's first letter says when to look into the folder that follows: `+` before the app's own packages, `-`
    behind them. Empty is nowhere else than there.

    Returns:
        The port of loopback on which debugpy waits for a client; None when nobody wants to debug.

    Raises:
        DebuggerError: there is no debugpy, or it cannot listen.
    """
    wanted = os.environ.pop(DEBUGPY_VARIABLE, None)
    if wanted is None:
        return None
    first, folder = wanted[:1] == "+", wanted[1:]
    path, quiet = list(sys.path), os.environ.get(_QUIET)
    os.environ.setdefault(_QUIET, "1")
    if folder:
        sys.path.insert(0 if first else len(sys.path), folder)
    try:
        import debugpy  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415, T100 - where one is wanted

        _, port = debugpy.listen((LOOPBACK, 0))  # noqa: T100 - that is what is wanted
    except ImportError:
        raise DebuggerError(
            f'There is no debugpy. Install it into the app\'s environment ("{sys.executable}" -m pip install debugpy)'
            ' or beside this program (pip install "pystein-lsp[debug]").'
        ) from None
    except Exception as error:  # it raises RuntimeError, OSError and others
        raise DebuggerError(f"debugpy cannot listen: {error}") from error
    finally:
        if quiet is None:
            del os.environ[_QUIET]
        sys.path[:] = path  # debugpy finds its own modules by itself; the app shall not find what lies beside it
    return int(port)
