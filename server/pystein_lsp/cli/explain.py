"""`pystein-lsp explain [RULE]`: the rules' pages, or the list of all rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pystein_lsp.cli import status
from pystein_lsp.cli.output import emit
from pystein_lsp.config.names import UnknownRuleError, rules_named
from pystein_lsp.rules.document import by_name, markdown, page
from pystein_lsp.rules.rule import Rule

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "rules", nargs="*", metavar="RULE", help="rules, or patterns such as `durable-*`; by default a list"
    )
    parser.add_argument("--output-format", choices=("full", "json"), default="full")


def run(args: argparse.Namespace) -> int:
    """Print pages."""
    try:
        names = rules_named(args.rules)
    except UnknownRuleError as error:
        raise status.UnusableError(str(error)) from error
    rules = [rule for rule in by_name() if rule.name in names or not args.rules]
    if args.output_format == "json":
        content = {"version": 1, "rules": [_as_json(rule) for rule in rules]}
        emit(json.dumps(content, indent=2, ensure_ascii=False) + "\n", for_machines=True)
    elif args.rules:
        emit("\n".join(markdown(rule) for rule in rules))
    else:
        emit(_listed(rules))
    return status.OK


def _as_json(rule: type[Rule]) -> dict[str, Any]:
    documented = page(rule)
    return {
        "name": rule.name,
        "severity": rule.severity,
        "effect": rule.effect,
        "summary": documented.summary,
        "documentation": documented.text,
        "url": rule.url(),
    }


def _listed(rules: list[type[Rule]]) -> str:
    width = max(len(rule.name) for rule in rules)
    lines = [f"{rule.name:<{width}}  {rule.severity:<11}  {page(rule).summary}" for rule in rules]
    return "\n".join([*lines, f"\n{len(rules)} rules; `pystein-lsp explain RULE` says more"]) + "\n"
