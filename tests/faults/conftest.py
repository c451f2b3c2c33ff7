"""Hosts for tests of faults: those of the runtime's own tests."""

from __future__ import annotations

from tests.runtime.conftest import serve, start

__all__ = ["serve", "start"]
