"""The rule invalid-retry-policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function, Use
from pystein_lsp.rules.rule import Edit, Finding, Fix, FunctionRule
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.literals import quoted
from pystein_lsp.syntax.tree import Expression, Literal

_FIXED = "fixed_delay"
_EXPONENTIAL = "exponential_backoff"
_INTERVAL = re.compile(r"([01]?\d|2[0-3]):[0-5]?\d:([0-5]?\d|6[01])")
"""What `strptime` reads with `%H:%M:%S`."""
_COUNT = re.compile(r"\s*[-+]?\d+(_\d+)*\s*")


class InvalidRetryPolicy(FunctionRule):
    """A retry policy that cannot be read.

    ## What it does
    Checks the arguments of `@app.retry`: the strategy is `fixed_delay` or `exponential_backoff`, `max_retry_count` is a whole
    number, `fixed_delay` has a `delay_interval`, and intervals are written `hh:mm:ss` below 24 hours. An
    `exponential_backoff` without both of its intervals is a warning: workers of Python 3.12 and earlier refuse it.

    ## Why it matters
    The worker reads the policy when it loads the app. If it cannot, the *whole app* is lost: all functions vanish.

    ## Example
    ```python
    @app.retry(strategy="fixed_delay", max_retry_count="3", delay_interval="5s")
    ```

    ## Use instead
    ```python
    @app.retry(strategy="fixed_delay", max_retry_count="3", delay_interval="00:00:05")
    ```

    ## Fix safety
    Correcting the spelling of a strategy and writing out seconds are not safe: what was meant may be something else.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-bindings-error-pages
    """

    name = "invalid-retry-policy"
    severity = "error"
    effect = "app"
    late = True
    wants = frozenset({"retry"})

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for each argument of the policy that counts, the lowest one."""
        use = next((use for use in reversed(function.lasting) if use.name == "retry"), None)
        if use is None or use.bound is None or not use.bound.complete:
            return
        yield from _count(function, use)
        strategy = use.value("strategy")
        if not isinstance(strategy, Literal):
            return
        yield from _strategy(function, use, strategy)
        if strategy.value == _FIXED:
            yield from _fixed(function, use)
        else:
            yield from _exponential(function, use)


def _count(function: Function, use: Use) -> Iterator[Finding]:
    value = use.value("max_retry_count")
    if not isinstance(value, Literal) or isinstance(value.value, (int, float)):
        return
    if isinstance(value.value, (str, bytes)):
        text = value.value if isinstance(value.value, str) else value.value.decode("latin-1")
        if _COUNT.fullmatch(text):
            return
    yield _finding(function, value, f"max_retry_count has to be a whole number, not {value.value!r}")


def _strategy(function: Function, use: Use, strategy: Literal) -> Iterator[Finding]:
    if strategy.value in (_FIXED, _EXPONENTIAL):
        return
    meant = closest(str(strategy.value), (_FIXED, _EXPONENTIAL))
    fixes: tuple[Fix, ...] = ()
    argument = use.bound.arguments.get("strategy") if use.bound else None
    if meant and argument and isinstance(argument.value, Literal):
        edit = Edit(function.location(strategy.span), quoted(function.block, strategy.span, meant))
        fixes = (Fix(f"Change to {meant}", safe=False, edits=(edit,)),)
    hint = f"did you mean '{meant}'?" if meant else f"it is '{_FIXED}' or '{_EXPONENTIAL}'"
    yield _finding(function, strategy, f"there is no retry strategy {strategy.value!r}", hint, fixes)


def _fixed(function: Function, use: Use) -> Iterator[Finding]:
    value = use.value("delay_interval")
    if value is None or (isinstance(value, Literal) and value.value is None):
        message = f"the strategy '{_FIXED}' needs a delay_interval: the worker refuses the app"
        yield Finding(
            f'{message}; add delay_interval="00:00:05" or what you mean',
            function.location(use.name_span),
            function.name,
        )
        return
    yield from _interval(function, "delay_interval", value)


def _exponential(function: Function, use: Use) -> Iterator[Finding]:
    missing = []
    for name in ("minimum_interval", "maximum_interval"):
        value = use.value(name)
        if value is None or (isinstance(value, Literal) and not value.value):
            missing.append(name)
        else:
            yield from _interval(function, name, value)
    if missing:
        message = f"the strategy '{_EXPONENTIAL}' needs {' and '.join(missing)}: workers of Python 3.12 and earlier refuse the app"
        yield Finding(
            f"{message} without; add it",
            function.location(use.name_span),
            function.name,
            severity="warning",
            effect="none",
        )


def _interval(function: Function, name: str, value: Expression) -> Iterator[Finding]:
    if not isinstance(value, Literal):
        return
    text = value.value
    if isinstance(text, str) and _INTERVAL.fullmatch(text):
        return
    fixes: tuple[Fix, ...] = ()
    seconds = re.fullmatch(r"(\d+)\s*(s|sec|seconds?)?", str(text)) if isinstance(text, (str, int)) else None
    if seconds and int(seconds[1]) < 24 * 3600:
        minutes, second = divmod(int(seconds[1]), 60)
        better = f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"
        new = quoted(function.block, value.span, better)
        fixes = (Fix(f"Change to {better}", safe=False, edits=(Edit(function.location(value.span), new),)),)
    yield _finding(function, value, f"{name} has to be written hh:mm:ss, below 24 hours, not {text!r}", "", fixes)


def _finding(function: Function, value: Expression, what: str, hint: str = "", fixes: tuple[Fix, ...] = ()) -> Finding:
    message = f"{what}: the worker refuses the app" + (f"; {hint}" if hint else "")
    return Finding(message, function.location(value.span), function.name, fixes=fixes)
