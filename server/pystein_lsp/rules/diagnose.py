"""Run the rules over an app. What a block gives rise to by itself is kept with the block until something else changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pystein_lsp.model.app import App
from pystein_lsp.model.constructions import constructions_of
from pystein_lsp.model.module import Module
from pystein_lsp.rules.rule import Effect, Finding, Fix, Related, Rule, Severity
from pystein_lsp.rules.syntax_error import SyntaxErrorRule
from pystein_lsp.rules.table import APP_RULES, BLOCK_RULES, CALL_RULES, FUNCTION_RULES, MODULE_RULES
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location


class Diagnostic(NamedTuple):
    """A finding with its rule."""

    rule: type[Rule]
    severity: Severity
    effect: Effect
    message: str
    location: Location
    function: str | None
    related: tuple[Related, ...]
    fixes: tuple[Fix, ...]

    @property
    def code(self) -> str:
        """The rule's name."""
        return self.rule.name


def diagnose(app: App) -> list[Diagnostic]:
    """Everything there is to say about an app, in no particular order."""
    found = list(app_diagnostics(app))
    for module in app.modules:
        found.extend(module_diagnostics(app, module))
    return found


def module_diagnostics(app: App, module: Module) -> list[Diagnostic]:
    """What a module gives rise to by itself."""
    found: list[Diagnostic] = []
    if module.problem:
        anchor = module.document.blocks[0]
        found.append(
            _diagnostic(SyntaxErrorRule(), Finding(module.problem.message, Location(anchor, module.problem.span)))
        )
    for block in module.document:
        found.extend(_block_diagnostics(app, module, block))
    for rule in MODULE_RULES:
        found.extend(_all(rule, rule.check(module, app)))
    return found


def app_diagnostics(app: App) -> Iterator[Diagnostic]:
    """What several modules, or the files beside them, give rise to."""
    for rule in APP_RULES:
        yield from _all(rule, rule.check(app))


def _block_diagnostics(app: App, module: Module, block: Block) -> tuple[Diagnostic, ...]:
    key = (app.root, app.files.generation)
    kept = block.memo.get("diagnostics")
    if kept is None or kept[0] != key:  # type: ignore[index]  # the memo is typed by its writer
        kept = block.memo["diagnostics"] = (key, tuple(_look(app, module, block)))
    return kept[1]  # type: ignore[index,no-any-return]


def _look(app: App, module: Module, block: Block) -> Iterator[Diagnostic]:
    for block_rule in BLOCK_RULES:
        yield from _all(block_rule, block_rule.check(block))
    for bound in constructions_of(module, block, app.resolver):
        for call_rule in CALL_RULES:
            yield from _all(call_rule, call_rule.check(bound, block, None, app))
    for function in app.block_functions(module, block):
        for use in function.uses:
            for call_rule in CALL_RULES if use.bound and use.known else ():
                yield from _all(call_rule, call_rule.check(use.bound, block, function, app))  # type: ignore[arg-type]
        for function_rule in FUNCTION_RULES:
            yield from _all(function_rule, function_rule.check(function, app))


def _all(rule: Rule, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    for finding in findings:
        yield _diagnostic(rule, finding)


def _diagnostic(rule: Rule, finding: Finding) -> Diagnostic:
    return Diagnostic(
        type(rule),
        finding.severity or rule.severity,
        finding.effect or rule.effect,
        finding.message,
        finding.location,
        finding.function,
        finding.related,
        finding.fixes,
    )


def indexes(app: App, diagnostics: Iterable[Diagnostic]) -> bool | None:
    """Whether the platform would load the app; None where that cannot be known without running it."""
    reachable = app.reachable
    if any(
        each.effect == "app" and (each.location.path in reachable or not each.location.path.endswith(".py"))
        for each in diagnostics
    ):
        return False
    return True if _certain(app) else None


def _certain(app: App) -> bool:
    if app.entry is None or not app.imports_known:
        return False
    if any(block.problem for module in app.reachable.values() for block in module.document):
        return False  # a newer Python may read it
    if not any(container.is_app for container in app.containers):
        return False
    return all(function.sure or function.signature_sure for function in app.indexed)
