"""Which versions of orchestrations this app runs: host.json's `versionMatchStrategy` and `versionFailureStrategy`.

Defaults and meaning: Azure documentation, "Orchestration versioning in Durable Functions"; the comparison is that of
durabletask 1.12, `compare_versions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pystein_runtime.host.host_config import HostConfig


class Versions(NamedTuple):
    """What host.json says of versions."""

    own: str
    """`defaultVersion`; empty: every version is run."""
    strict: bool
    """Whether only this one is run, not older ones."""
    fails: bool
    """Whether an instance that does not fit fails; if not, it waits."""

    def refuses(self, version: str | None) -> str | None:
        """Why an instance is not run; None: it is."""
        if not self.own or _key(version or "") == _key(self.own):
            return None
        if not self.strict and _key(version or "") < _key(self.own):
            return None
        allowed = "only that one is" if self.strict else "only that one and older ones are"
        return (
            f"its version is '{version or ''}', host.json's defaultVersion is '{self.own}', and {allowed} run"
            " (versionMatchStrategy)"
        )


def of(config: HostConfig) -> Versions:
    """What host.json says."""
    section = config.extensions.get("durabletask") or {}
    match = str(section.get("versionmatchstrategy", "CurrentOrOlder")).lower()
    own = "" if match == "none" else config.durable.default_version or ""
    return Versions(own, match == "strict", str(section.get("versionfailurestrategy", "Reject")).lower() == "fail")


def _key(version: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers in their order, texts after them."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in version.split(".") if part)
