"""The last invocations, for the dashboard."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from . import datetimes, results

if TYPE_CHECKING:
    from .invocation import Outcome

LIMIT = 200


class History:
    """Remembers invocations without what they returned and wrote, which may be large or private."""

    def __init__(self) -> None:
        self._outcomes: deque[Outcome] = deque(maxlen=LIMIT)

    def add(self, outcome: Outcome) -> None:
        """An invocation has ended."""
        self._outcomes.append(outcome._replace(return_value=None, outputs={}))

    def as_json(self) -> list[dict[str, Any]]:
        """The invocations, the last one first."""
        return [
            {
                "function": outcome.function,
                "invocationId": outcome.id,
                "status": "succeeded" if outcome.ok else "failed",
                "started": datetimes.iso(outcome.started),
                "durationMs": round(outcome.milliseconds, 1),
                "reason": outcome.reason,
                "error": outcome.error
                and (outcome.error.traceback or f"{outcome.error.type}: {outcome.error.message}"),
                "logs": [results.log_to_json(record) for record in outcome.logs],
                "notes": outcome.notes,
            }
            for outcome in reversed(self._outcomes)
        ]
