"""Moved: `pystein_runtime.http.security`."""

from __future__ import annotations

from pystein_runtime.http.security import check_admin, check_host, is_local

__all__ = ["check_admin", "check_host", "is_local"]
