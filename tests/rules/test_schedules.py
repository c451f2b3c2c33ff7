"""The rules about cron: invalid-cron, cron-five-fields, cron-every-second, cron-never-fires, cron-surprise."""

from __future__ import annotations

import pytest

from tests.conftest import Check

HEAD = "import azure.functions as func\napp = func.FunctionApp()\n"
TIMER = '@app.timer_trigger(arg_name="t", schedule={schedule})\ndef tick(t: func.TimerRequest): ...\n'


def timer(schedule: str) -> str:
    return HEAD + TIMER.format(schedule=schedule)


@pytest.mark.parametrize(
    ("schedule", "code", "text", "severity"),
    [
        ('"0 0 2 ? * MON"', "invalid-cron", "?", "error"),
        ('"0 0 2 * * 7"', "invalid-cron", "7", "error"),
        ('"%SCHEDULE"', "unresolved-setting-expression", "%", "error"),
        ('"@daily"', "invalid-cron", "@daily", "error"),
        ('"0 0 " "2 L * *"', "invalid-cron", '"0 0 " "2 L * *"', "error"),
        ("'*/5 * * * *'", "cron-five-fields", "'*/5 * * * *'", "hint"),
        ('"* 0 17 * * *"', "cron-every-second", "*", "warning"),
        ('"0 0 0 31 4,6,9,11 *"', "cron-never-fires", '"0 0 0 31 4,6,9,11 *"', "warning"),
        ('"0 */45 * * * *"', "cron-surprise", "*/45", "information"),
        ('"24:00:00"', "cron-surprise", "24:00:00", "information"),
        ('"0 0 0 * * FRI-MON"', "cron-surprise", "FRI-MON", "information"),
    ],
)
def test_reports(check: Check, schedule: str, code: str, text: str, severity: str) -> None:
    [found] = check(timer(schedule))
    assert (found.code, found.text, found.severity, found.line) == (code, text, severity, 3)


@pytest.mark.parametrize(
    "schedule",
    [
        '"0 */5 * * * *"',
        '"00:05:00"',
        '"10/30 * * * * *"',
        '"%SCHEDULE%"',
        "SCHEDULE",
        '"0 0 4-23/1 * * *"',
        '"1.00:00:00"',
    ],
)
def test_is_silent(check: Check, schedule: str) -> None:
    assert check("from settings import SCHEDULE\n" + timer(schedule)) == []


@pytest.mark.parametrize(
    ("schedule", "severity", "said"),
    [
        ("5", "warning", "a time span of 5 days"),
        ("1.5", "error", "can read none in 1.5"),
        ("None", "error", "can read none in None"),
    ],
)
def test_no_text(check: Check, schedule: str, severity: str, said: str) -> None:
    [found] = check(timer(schedule))
    assert (found.code, found.text, found.severity) == ("invalid-cron", schedule, severity)
    assert said in found.message


def test_setting_is_looked_up(check: Check) -> None:
    [found] = check(timer('"%SCHEDULE%"'), environ={"SCHEDULE": "0 0 2 ? * *"})
    assert found.code == "invalid-cron"
    assert "'SCHEDULE'" in found.message
    assert "?" not in found.message, "the value of a setting is not shown"


def test_repair_is_offered(check: Check) -> None:
    [found] = check(timer("'0 0 2 ? * MON'"))
    [edit] = found.diagnostic.fixes[0].edits
    assert edit.text == "'0 0 2 * * MON'"
