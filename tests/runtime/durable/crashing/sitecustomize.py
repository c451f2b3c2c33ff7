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
    commit = TaskHubStore.flush
    last = int(number)
    commits = count(1)

    def flush(self: TaskHubStore) -> None:
        """Commit, and die before or after it."""
        dies = self._pending and next(commits) == last
        if dies and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        commit(self)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)

    TaskHubStore.flush = flush  # type: ignore[method-assign]
