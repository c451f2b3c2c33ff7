"""invalid-retry-policy: what the worker cannot read, and what only older workers refuse."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = 'import azure.functions as func\napp = func.FunctionApp()\n@app.queue_trigger("msg", "q", "C")\n'


@pytest.mark.parametrize(
    ("arguments", "marked", "new"),
    [
        ('"fixed_delay", "3", delay_interval="5s"', '"5s"', '"00:00:05"'),
        ('"fixed_delay", "3", delay_interval=90', "90", '"00:01:30"'),
        ('"fixed_delay", "3", delay_interval="24:00:00"', '"24:00:00"', None),
        ('"fixed_delay", "many", delay_interval="00:00:05"', '"many"', None),
        ('"fixedDelay", "3", delay_interval="00:00:05"', '"fixedDelay"', '"fixed_delay"'),
        ('"fixed_delay", "3"', "retry", None),
    ],
)
def test_is_refused(check: Check, arguments: str, marked: str, new: str | None) -> None:
    found = check(f"{HEAD}@app.retry({arguments})\ndef f(msg): ...\n", only="invalid-retry-policy")
    errors = [each for each in found if each.severity == "error"]
    assert [each.text for each in errors] == [marked]
    assert [edit.text for fix in errors[0].diagnostic.fixes for edit in fix.edits] == ([new] if new else [])


def test_older_workers_want_both_intervals(check: Check) -> None:
    source = f'{HEAD}@app.retry("exponential_backoff", "3")\ndef f(msg): ...\n'
    [found] = check(source, only="invalid-retry-policy")
    assert (found.code, found.severity) == ("invalid-retry-policy", "warning")


@pytest.mark.parametrize(
    "arguments",
    [
        '"fixed_delay", 3, delay_interval="1:2:3"',
        '"exponential_backoff", "-1", minimum_interval="00:00:01", maximum_interval="00:01:00"',
        "STRATEGY, COUNT",
        "**POLICY",
    ],
)
def test_is_silent(check: Check, arguments: str) -> None:
    assert check(f"{HEAD}@app.retry({arguments})\ndef f(msg): ...\n", only="invalid-retry-policy") == []


def test_of_two_the_lower_counts(check: Check) -> None:
    policies = '@app.retry("nonsense", "x")\n@app.retry("fixed_delay", "3", delay_interval="00:00:05")\n'
    assert check(f"{HEAD}{policies}def f(msg): ...\n", only="invalid-retry-policy") == []
