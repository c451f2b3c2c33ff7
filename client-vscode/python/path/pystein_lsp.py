"""`python -m pystein_lsp` for the processes that the bundled server starts: the real one stands among its libraries."""

import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "libs"))
runpy.run_module("pystein_lsp", run_name="__main__", alter_sys=True)
