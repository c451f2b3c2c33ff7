"""`python -m pystein_lsp`, or this file by its path, is `pystein-lsp`."""

import os
import sys

PACKAGE = os.path.dirname(os.path.abspath(__file__))


def _leave_the_folder() -> None:
    """Import nothing from where we happen to be started: `-m` puts the working directory first, a path this folder.

    A file of the user's called `queue.py` would otherwise run inside this program.
    """
    if sys.path and sys.path[0] in ("", os.getcwd(), PACKAGE):
        del sys.path[0]
    if os.path.dirname(PACKAGE) not in sys.path:
        sys.path.insert(0, os.path.dirname(PACKAGE))


_leave_the_folder()

from pystein_lsp.cli.main import main  # noqa: E402 (the path had to be put right first)

if __name__ == "__main__":
    sys.exit(main())
