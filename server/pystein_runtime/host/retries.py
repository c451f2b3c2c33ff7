"""Retry policies: how often the host runs a function again, and when.

Rules: azure-webjobs-sdk, `FunctionExecutorExtensions`; azure-functions-host, `Utility.ValidateRetryOptions`.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from pystein_lsp.ncrontab.timespan import seconds_of

from .functions import RETRIABLE

if TYPE_CHECKING:
    from .functions import Function

_MAXIMUM = 2147483647.0  # seconds; the worker's default for maximum_interval


class Policy(NamedTuple):
    """One function's policy."""

    limit: int
    """How many times it is run again; -1: for ever."""
    fixed: float | None
    """Seconds between attempts, for `fixed_delay`."""
    minimum: float = 0.0
    maximum: float = _MAXIMUM


def policy(function: Function) -> Policy | None:
    """The policy of a function whose trigger has retries; None for the others."""
    settings = function.retry
    if not settings or function.trigger_type not in RETRIABLE:
        return None
    limit = int(settings.get("max_retry_count", "0"))
    if settings.get("strategy") == "fixed_delay":
        return Policy(limit, seconds_of(settings.get("delay_interval", "")) or 0.0)
    minimum = seconds_of(settings.get("minimum_interval", "")) or 0.0
    maximum = seconds_of(settings.get("maximum_interval", "")) or _MAXIMUM
    return Policy(limit, None, minimum, maximum)


def delay(policy: Policy, attempt: int) -> float:
    """Seconds to wait after an attempt, the first being 0."""
    if policy.fixed is not None:
        return policy.fixed
    increment = (2.0 ** min(attempt, 30) - 1) * 4.0 * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
    return min(policy.minimum + increment, policy.maximum)
