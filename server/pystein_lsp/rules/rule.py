"""What a rule is and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple, TypeAlias

from pystein_lsp.model.app import App
from pystein_lsp.model.calls import Bound
from pystein_lsp.model.functions import Function
from pystein_lsp.model.module import Module
from pystein_lsp.syntax.document import Block
from pystein_lsp.syntax.span import Location

Severity: TypeAlias = Literal["error", "warning", "information", "hint"]

Effect: TypeAlias = Literal["app", "function", "none"]
"""What the platform does about it: it loads no function of the app, it loses the one function, or it goes on."""

Reads: TypeAlias = Literal["files", "names", "functions", "bodies"]
"""Files that are no modules alone; names, too; what decorators are given, too; or even what functions do inside."""

DOCUMENTATION = "https://github.com/pystein/pystein-lsp/blob/main/docs/rules/"


class Edit(NamedTuple):
    """A replacement of text."""

    location: Location
    text: str


class Fix(NamedTuple):
    """Edits that put a finding right; `safe` ones keep the program's meaning or restore what can only have been meant."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class Related(NamedTuple):
    """The other end of a finding."""

    message: str
    location: Location


class Finding(NamedTuple):
    """What a rule found. The severity, the effect and when it is noticed are the rule's unless given."""

    message: str
    location: Location
    function: str | None = None
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity | None = None
    effect: Effect | None = None
    late: bool | None = None


class Rule:
    """A rule. Its docstring is its documentation page."""

    name: ClassVar[str]
    severity: ClassVar[Severity]
    effect: ClassVar[Effect] = "none"
    late: ClassVar[bool] = False
    """Whether the platform only notices it in functions that are registered with the app."""
    local: ClassVar[bool] = False
    """Whether what it finds depends on the machine (its settings, its environment): that it is silent proves nothing."""

    @classmethod
    def url(cls) -> str:
        """The rule's page."""
        return f"{DOCUMENTATION}{cls.name}.md"


class BlockRule(Rule):
    """Looks at one block by itself."""

    def check(self, block: Block) -> Iterator[Finding]:
        """Findings in a block."""
        raise NotImplementedError


class CallRule(Rule):
    """Looks at one call of a decorator or constructor."""

    wants: ClassVar[frozenset[str]] = frozenset()
    """What gives it something to look at, any of: a callee's name, a kind of parameter, `required` parameters, `extra`
    arguments. Empty: it always looks."""

    def check(self, bound: Bound, block: Block, function: Function | None, app: App) -> Iterator[Finding]:
        """Findings in a call; `function` is None for constructors."""
        raise NotImplementedError


class FunctionRule(Rule):
    """Looks at one function with its decorators."""

    wants: ClassVar[frozenset[str]] = frozenset()
    """What gives it something to look at, any of: a decorator's name, a type of binding, a kind of parameter, parameters with
    `settings` or `expressions` in them, `several` decorators, one that is `uncalled` or `unknown`, `wrapped` functions. Empty:
    it always looks. Decorators of which we do not know what they bind make every rule look."""

    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """Findings in a function."""
        raise NotImplementedError


class ModuleRule(Rule):
    """Looks at one module as a whole."""

    def check(self, module: Module, app: App) -> Iterator[Finding]:
        """Findings in a module."""
        raise NotImplementedError


class AppRule(Rule):
    """Looks at what the entry file reaches, and at the files beside it."""

    reads: ClassVar[Reads] = "functions"
    """What it depends on beside names and files. It says when the rule has to look again."""

    def check(self, app: App) -> Iterator[Finding]:
        """Findings in an app."""
        raise NotImplementedError
