"""Run the rules over an app. What a block gives rise to by itself is kept with the block until something else changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pystein_lsp.model.app import App
from pystein_lsp.model.constructions import constructions_of
from pystein_lsp.model.functions import Face, Function
from pystein_lsp.model.module import HIDDEN, Module, depends_on, gathered
from pystein_lsp.rules.app_not_indexed import AppNotIndexed, headline
from pystein_lsp.rules.certainty import is_certain
from pystein_lsp.rules.loss import is_lost
from pystein_lsp.rules.relevance import call_rules, function_rules
from pystein_lsp.rules.rule import AppRule, Effect, Finding, Fix, Reads, Related, Rule, Severity
from pystein_lsp.rules.suppressions import Scope, scopes_of
from pystein_lsp.rules.syntax_error import SyntaxErrorRule
from pystein_lsp.rules.table import APP_RULES, BLOCK_RULES, BY_NAME, MODULE_RULES
from pystein_lsp.rules.unused_suppression import UnusedSuppression, nameless, unknown, unused
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location

_UNUSED = UnusedSuppression()
_NEVER_UNUSED = (UnusedSuppression, AppNotIndexed)
"""What follows from other findings is not there when they are judged."""


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
    late: bool
    """Whether the platform only notices it in functions that are registered with the app."""

    @property
    def code(self) -> str:
        """The rule's name."""
        return self.rule.name


class Diagnosis(NamedTuple):
    """What is said about an app, and what comments in its source keep from being said."""

    shown: list[Diagnostic]
    suppressed: list[Diagnostic]


def diagnose(app: App) -> list[Diagnostic]:
    """Everything there is to say about an app, in no particular order."""
    return examine(app).shown


def examine(app: App) -> Diagnosis:
    """The same with what is suppressed."""
    whole = _app_diagnosis(app)
    parts = [_module_diagnosis(app, module) for module in app.modules]
    return Diagnosis(
        [*whole.shown, *(each for part in parts for each in part.shown)],
        [*whole.suppressed, *(each for part in parts for each in part.suppressed)],
    )


def module_diagnostics(app: App, module: Module) -> list[Diagnostic]:
    """What a module gives rise to by itself."""
    return _module_diagnosis(app, module).shown


def app_diagnostics(app: App) -> list[Diagnostic]:
    """What several modules, or the files beside them, give rise to."""
    return _app_diagnosis(app).shown


def _module_diagnosis(app: App, module: Module) -> Diagnosis:
    return module.kept("diagnosis", app.key, lambda: _diagnose_module(app, module))


def _diagnose_module(app: App, module: Module) -> Diagnosis:
    found = gathered(module, "diagnostics", app.block_key, lambda block: _look(app, module, block))
    if module.problem:  # what follows from bytes that are no text is not worth saying
        found = [each for each in found if each.rule is not SyntaxErrorRule]
        anchor = module.document.blocks[0]
        problem = Finding(module.problem.message, Location(anchor, module.problem.span))
        found.append(_diagnostic(SyntaxErrorRule(), problem))
    for rule in MODULE_RULES:
        found.extend(_all(rule, rule.check(module, app)))
    if app.imports_known and app.entry and module.path not in app.reachable:
        found = [_unreached(each) for each in found]
    return _settled(found, _scopes(module), of_app=False)


def _unreached(diagnostic: Diagnostic) -> Diagnostic:
    """A finding in a module that nothing imports: the platform never sees it, however wrong it is. A broken file is broken."""
    keeps = diagnostic.severity != "error" or diagnostic.rule is SyntaxErrorRule
    return diagnostic if keeps else diagnostic._replace(severity="warning")


def _scopes(module: Module) -> list[Scope]:
    return module.kept("scopes", None, lambda: scopes_of(module))


def _headline(app: App, own: list[Diagnostic]) -> list[Diagnostic]:
    """The word at the top of an app that will not be indexed."""
    found = [each for module in app.reachable.values() for each in module_diagnostics(app, module)]
    causes = {each.location: None for each in (*own, *found) if _loses(app, each)}
    if not causes:
        return []
    order = {path: number for number, path in enumerate(app.reachable)}
    places = sorted(causes, key=lambda place: (order.get(place.path, -1), place.absolute))
    return [_diagnostic(AppNotIndexed(), headline(app, places))]


def _app_diagnosis(app: App) -> Diagnosis:
    found = [
        *app.kept_of_files("diagnostics", _from_files),
        *app.kept("diagnostics", _from_names),
        *_from_functions(app),
    ]
    scopes = [scope for module in app.modules for scope in _scopes(module)]
    settled = _settled(found, scopes, of_app=True)
    for each in _headline(app, settled.shown):
        (settled.suppressed if any(_holds(scope, each) for scope in scopes) else settled.shown).append(each)
    return settled


def _from_functions(app: App) -> list[Diagnostic]:
    """What rules about the functions together find; one that found nothing looks again when a function shows another face.

    One that found something always does: it speaks of lines, and those move.
    """
    heard = app.kept("heard", lambda _: Heard())
    faces = app.faces
    changed, heard.faces = heard.faces != faces, faces
    found: list[Diagnostic] = []
    for rule in APP_RULES:
        if rule.reads == "functions" and (changed or rule.name in heard.speaking):
            new = list(_all(rule, rule.check(app)))
            (heard.speaking.add if new else heard.speaking.discard)(rule.name)
            found += new
    return [*found, *_findings(app, "bodies")]


class Heard:
    """The faces of an app's functions when the rules about them last looked, and the names of those that found something."""

    def __init__(self) -> None:
        self.faces: list[tuple[Face, ...]] | None = None
        self.speaking: set[str] = set()


def _from_files(app: App) -> list[Diagnostic]:
    return list(_findings(app, "files"))


def _from_names(app: App) -> list[Diagnostic]:
    return list(_findings(app, "names"))


def _findings(app: App, reads: Reads) -> Iterator[Diagnostic]:
    for rule in APP_RULES:
        if rule.reads == reads:
            yield from _all(rule, rule.check(app))


def _settled(found: list[Diagnostic], scopes: list[Scope], *, of_app: bool) -> Diagnosis:
    """Take out what comments say to ignore, and say which comments ignore nothing.

    Names of rules that look at the whole app are judged with what these find, all others with what their module gives.
    """
    if not scopes:
        return Diagnosis(found, [])
    suppressed: list[Diagnostic] = []
    used: set[tuple[Scope, str]] = set()
    shown: list[Diagnostic] = []
    for each in found:
        holding = [scope for scope in scopes if _holds(scope, each)]
        used.update((scope, each.code) for scope in holding)
        (suppressed if holding else shown).append(each)
    for finding in _useless(scopes, used, of_app=of_app):
        diagnostic = _diagnostic(_UNUSED, finding)
        holding = [scope for scope in scopes if _holds(scope, diagnostic)]
        (suppressed if holding else shown).append(diagnostic)
    return Diagnosis(shown, suppressed)


def _holds(scope: Scope, diagnostic: Diagnostic) -> bool:
    location = diagnostic.location
    return (
        scope.block.path == location.path
        and scope.first <= location.absolute.line <= scope.last
        and any(name == diagnostic.code for name, _ in scope.suppression.names)
    )


def _useless(scopes: list[Scope], used: set[tuple[Scope, str]], *, of_app: bool) -> Iterator[Finding]:
    for scope in scopes:
        if not of_app:
            yield from nameless(scope)
        for name, span in scope.suppression.names:
            rule = BY_NAME.get(name)
            if rule is None:
                if not of_app:
                    yield unknown(scope, name, span, BY_NAME)
            elif issubclass(rule, AppRule) == of_app and not (
                rule.local or rule in _NEVER_UNUSED or (scope, name) in used
            ):
                yield unused(scope, name, span)


def _look(app: App, module: Module, block: Block) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    doubts = app.resolver.doubts
    for block_rule in BLOCK_RULES:
        found += [_diagnostic(block_rule, finding) for finding in block_rule.check(block)]
    for bound in constructions_of(module, block, app.resolver):
        for call_rule in call_rules(bound.signature, bool(bound.extra)):
            found += [_diagnostic(call_rule, finding) for finding in call_rule.check(bound, block, None, app)]
    for function in app.block_functions(module, block):
        if not app.runs(function):
            continue
        for use in function.uses:
            if use.bound and use.known:
                for call_rule in call_rules(use.bound.signature, bool(use.bound.extra)):
                    findings = call_rule.check(use.bound, block, function, app)
                    found += [_diagnostic(call_rule, finding) for finding in findings]
        for function_rule in function_rules(function):
            found += [_diagnostic(function_rule, finding) for finding in function_rule.check(function, app)]
    if app.resolver.doubts != doubts:
        depends_on(block, HIDDEN)
    return tuple(found)


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
        rule.late if finding.late is None else finding.late,
    )


def indexes(app: App, diagnostics: Iterable[Diagnostic], suppressed: Iterable[Diagnostic] = ()) -> bool | None:
    """Whether the platform would load the app; None where that cannot be known without running it.

    A suppressed finding is one that the author says is wrong, so that nobody knows.
    """
    if any(_loses(app, each) for each in diagnostics):
        return False
    return True if is_certain(app) and not any(_loses(app, each) for each in suppressed) else None


def _loses(app: App, diagnostic: Diagnostic) -> bool:
    path = diagnostic.location.path
    if diagnostic.effect != "app" or (path not in app.reachable and path.endswith(".py")):
        return False
    return not (diagnostic.late and _is_in_lost(app, diagnostic.location))


def _is_in_lost(app: App, location: Location) -> bool:
    """Whether a place belongs to functions alone that the app never gives to the worker."""
    found = [function for function in app.indexed if _is_in(function, location)]
    return bool(found) and all(is_lost(function, app) for function in found)


def _is_in(function: Function, location: Location) -> bool:
    """Whether a place is in a function, or in its definition where a call elsewhere registers it."""
    span = function.definition.span
    if function.block is location.anchor:
        return span.line <= location.span.line <= span.end_line
    return function.home_block is location.anchor
