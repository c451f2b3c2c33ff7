"""The rule unused-suppression."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pystein_lsp.rules.rule import Edit, Finding, Fix, Rule
from pystein_lsp.rules.suggest import closest
from pystein_lsp.rules.suppressions import Scope
from pystein_lsp.syntax.span import Span


class UnusedSuppression(Rule):
    """A comment ignores nothing.

    ## What it does
    Reports `# pystein: ignore[...]` and `# pystein: ignore-file[...]` comments that name a rule which says nothing there, that
    name no rule, or whose rule does not exist. Rules that depend on the app settings of the machine are left out: that they
    are silent here proves nothing.

    ## Why it matters
    The next mistake at this place would be ignored without anybody having meant it.

    ## Example
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 2 * * *")  # pystein: ignore[invalid-cron] the tests set it
    def nightly(timer: func.TimerRequest): ...
    ```

    ## Use instead
    ```python
    @app.timer_trigger(arg_name="timer", schedule="0 0 2 * * *")
    def nightly(timer: func.TimerRequest): ...
    ```

    ## Fix safety
    Removing the name, or the comment when it names nothing else, is safe: it has no effect.

    ## Reference
    https://github.com/pystein/pystein-lsp/blob/main/docs/configuration.md#suppressions
    """

    name = "unused-suppression"
    severity = "warning"


def unused(scope: Scope, name: str, span: Span) -> Finding:
    """A rule's name in a comment is not needed."""
    where = "in this file" if scope.suppression.whole_file else "here"
    message = f"'{name}' says nothing {where}: there is nothing to ignore"
    return Finding(message, scope.location(span), fixes=(_removal(scope, span),))


def unknown(scope: Scope, name: str, span: Span, rules: Collection[str]) -> Finding:
    """A rule's name in a comment is none."""
    meant = closest(name, rules)
    hint = f"; did you mean '{meant}'?" if meant else ""
    fixes = [Fix(f"Change to {meant}", safe=False, edits=(Edit(scope.location(span), meant),))] if meant else []
    return Finding(
        f"no rule is called '{name}', so nothing is ignored{hint}",
        scope.location(span),
        fixes=(*fixes, _removal(scope, span)),
    )


def nameless(scope: Scope) -> Iterator[Finding]:
    """A comment that names no rule at all."""
    if not scope.suppression.names:
        what = "ignore-file" if scope.suppression.whole_file else "ignore"
        message = f"this names no rule, so nothing is ignored: write `{what}[rule-name]`"
        yield Finding(message, scope.location(scope.suppression.span), fixes=(_comment_removal(scope),))


def _removal(scope: Scope, name: Span) -> Fix:
    if len(scope.suppression.names) == 1:
        return _comment_removal(scope)
    gone = scope.suppression.removal(name)
    return Fix("Remove the name", safe=True, edits=(Edit(scope.location(gone), ""),))


def _comment_removal(scope: Scope) -> Fix:
    """Remove the comment with the space before it, or with its line where nothing else is there."""
    span = scope.suppression.span
    text = scope.block.line_text(span.line)
    before, after = text[: span.column].rstrip(), text[span.end_column :].strip()
    if before and not after:
        gone = Span(span.line, len(before), span.line, len(text))
    elif after:
        gone = span._replace(end_column=len(text) - len(text[span.end_column :].lstrip()))
    elif span.line < scope.block.height:
        gone = Span(span.line, 0, span.line + 1, 0)
    else:
        gone = Span(span.line, 0, span.line, len(text))
    return Fix("Remove the comment", safe=True, edits=(Edit(scope.location(gone), ""),))
