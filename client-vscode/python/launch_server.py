"""Start the bundled server: its libraries come first, and nothing of the workspace is imported.

The extension runs this file with `-I`, so neither the current directory nor PYTHONPATH is on the path. What the
interpreter has beyond the bundle stays reachable: libcst and httptools are compiled and therefore not bundled.
"""

import runpy
import sys
from pathlib import Path

BUNDLE = Path(__file__).parent

sys.path.insert(0, str(BUNDLE / "libs"))
runpy.run_module("pystein_lsp", run_name="__main__", alter_sys=True)
