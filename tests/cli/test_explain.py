"""`explain`: the rules' pages on a terminal."""

from __future__ import annotations

from pystein_lsp.rules.table import RULES
from tests.cli.conftest import Cli


def test_all_rules(cli: Cli) -> None:
    result = cli("explain")
    assert result.status == 0
    assert f"{len(RULES)} rules" in result.out
    assert all(f"\n{rule.name} " in "\n" + result.out for rule in RULES)


def test_one_rule(cli: Cli) -> None:
    result = cli("explain", "invalid-cron")
    assert result.out.startswith("# invalid-cron\n\nA timer's schedule is no NCRONTAB expression.\n")
    assert "## Use instead\n```python\n@app.timer_trigger(" in result.out


def test_several(cli: Cli) -> None:
    out = cli("explain", "invalid-cron", "durable-*").out
    assert "# durable-context-name\n" in out
    assert "# invalid-cron\n" in out


def test_json(cli: Cli) -> None:
    [rule] = cli("explain", "invalid-cron", "--output-format", "json").json["rules"]
    assert set(rule) == {"name", "severity", "effect", "summary", "documentation", "url"}
    assert (rule["severity"], rule["effect"]) == ("error", "function")
    assert len(cli("explain", "--output-format", "json").json["rules"]) == len(RULES)


def test_no_such_rule(cli: Cli) -> None:
    result = cli("explain", "invalid-crom")
    assert (result.status, result.out) == (2, "")
    assert "did you mean 'invalid-cron'?" in result.err
