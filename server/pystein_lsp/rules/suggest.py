"""Name the likely intent."""

from __future__ import annotations

from collections.abc import Iterable


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a name is most likely a slip of; None where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 (3 ms that only a finding needs)

    by_lower = {candidate.lower(): candidate for candidate in candidates}
    found = get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None
