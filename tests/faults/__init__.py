"""Faults that are brought about on purpose, and what becomes of the work: see docs/robustness.md."""

from __future__ import annotations

import sys
from pathlib import Path

RUNTIME = Path(__file__).parents[1] / "runtime"
sys.path += [str(RUNTIME / name) for name in ("host", "cloud", "bus", "durable", "worker")]  # their drivers
