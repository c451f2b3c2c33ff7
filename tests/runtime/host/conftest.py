"""What tests of the host share besides hosts."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "worker"))  # the environments that tests of the worker make
