"""Rules as users name them: by name, or several at once by a pattern such as `durable-*`."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from pystein_lsp.rules.suggest import closest
from pystein_lsp.rules.table import BY_NAME


class UnknownRuleError(ValueError):
    """No rule has the name; the message says what was probably meant."""


def rules_named(names: Iterable[str]) -> frozenset[str]:
    """The rules that names and patterns stand for.

    Raises:
        UnknownRuleError: one of them stands for none.
    """
    found: set[str] = set()
    for name in names:
        matching = {name} if name in BY_NAME else {rule for rule in BY_NAME if fnmatchcase(rule, name)}
        if not matching:
            meant = closest(name, BY_NAME)
            hint = f"did you mean '{meant}'?" if meant else "`pystein-lsp explain` lists them"
            raise UnknownRuleError(f"no rule is called '{name}'; {hint}")
        found |= matching
    return frozenset(found)
