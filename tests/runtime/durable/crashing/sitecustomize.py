"""Ends a host with `kill -9` at a commit of its task hub: PYSTEIN_DIE_AT=before:7 or after:7.

Python imports this by itself at start-up, where the folder is in PYTHONPATH.
"""

import os
import signal
import sys
from itertools import count

if "PYSTEIN_DIE_AT" in os.environ and "pystein_lsp" in sys.orig_argv:
    from pystein_runtime.durable.store import TaskHubStore

    when, _, number = os.environ["PYSTEIN_DIE_AT"].partition(":")
    commit = TaskHubStore._commit
    last = int(number)
    commits = count(1)

    def dying(self: TaskHubStore) -> None:
        """Commit, and die before or after it."""
        dies = bool(self._uncommitted) and next(commits) == last
        if dies and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        commit(self)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)

    TaskHubStore._commit = dying  # type: ignore[method-assign]
