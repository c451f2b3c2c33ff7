"""Queries that the service refuses."""

from __future__ import annotations

import json


class QueryError(Exception):
    """A query that is no query; the text is the service's."""

    def __init__(self, message: str, code: str = "SC1001", start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.start = start
        self.end = end

    def as_json(self) -> str:
        """The error as the service has it in its message."""
        place = {"start": self.start, "end": self.end}
        return json.dumps(
            {"errors": [{"severity": "Error", "location": place, "code": self.code, "message": str(self)}]}
        )
