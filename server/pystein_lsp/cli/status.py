"""Exit statuses, and the error that ends a command with one sentence."""

from __future__ import annotations

OK = 0
FOUND = 1
"""Errors were found, or a function failed."""
UNUSABLE = 2
"""Options, configuration or paths that cannot be used."""
FAULT = 101
"""A fault of ours."""
INTERRUPTED = 130
"""Ctrl-C, as shells have it."""


class UnusableError(Exception):
    """What the user gave cannot be used; the message says what, where and how to mend it."""
