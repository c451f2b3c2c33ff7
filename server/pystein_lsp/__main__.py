"""`python -m pystein_lsp` is `pystein-lsp`."""

from __future__ import annotations

import sys

from pystein_lsp.cli.main import main

sys.exit(main())
