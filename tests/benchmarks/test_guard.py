"""The guard finds what got slower, whatever the machine does."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import parts
from tests.benchmarks.ratios import ratios

LOAD = "http_load: pystein-lsp, async function, connections 32"
RUN: dict[str, Any] = {
    "editor": {
        "rows": [
            {"server": "pystein-lsp", "lines": 1000, "change p50 ms": 0.6, "completion ms": 0.5, "start ms": 250},
            {"server": "does nothing (pygls)", "lines": 1000, "change p50 ms": 0.4, "start ms": 240},
            {"server": "pystein-lsp", "lines": 10_000, "change p50 ms": 1.8, "start ms": 250},
            {"server": "does nothing (pygls)", "lines": 10_000, "change p50 ms": 1.2, "start ms": 240},
        ]
    },
    "http_load": {
        "rows": [
            {"connections": 32, "server": "pystein-lsp, async function", "requests/s": 24_000, "processor us each": 60},
            {"connections": 32, "server": "functions-framework", "requests/s": 4000, "processor us each": 250},
            {"connections": 32, "server": "uvicorn", "requests/s": 50_000, "processor us each": 20},
        ]
    },
}


def guard(fresh: dict[str, Any], folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    for name, run in (("fresh", fresh), ("committed", RUN)):
        for part, result in run.items():
            parts.write(folder / name, part, result)
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.guard",
        str(folder / "fresh"),
        "--committed",
        str(folder / "committed"),
    ]
    return subprocess.run([*command, *options], cwd=parts.ROOT, check=False, capture_output=True, text=True)


def row(run: dict[str, Any], part: str, **columns: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in run[part]["rows"] if columns.items() <= each.items())
    return found


def test_the_same_run_is_no_worse(tmp_path: Path) -> None:
    done = guard(RUN, tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "6 ratios compared, 0 worse by more than 40%" in done.stderr


def test_a_machine_half_as_fast_is_no_regression(tmp_path: Path) -> None:
    slow = copy.deepcopy(RUN)
    for result in slow.values():
        for each in result["rows"]:
            for name in each.keys() & {"change p50 ms", "start ms", "processor us each"}:
                each[name] *= 2
            if "requests/s" in each:
                each["requests/s"] /= 2
    assert guard(slow, tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("part", "columns", "column", "value", "line"),
    [
        (
            "editor", {"server": "pystein-lsp", "lines": 10_000}, "change p50 ms", 3.6,
            "editor: pystein-lsp, lines 10000, change p50 ms, beside does nothing (pygls): 3.00, was 1.50 (+100%)",
        ),
        (
            "http_load", {"server": "pystein-lsp, async function"}, "requests/s", 12_000,
            f"{LOAD}, requests/s, beside functions-framework: 0.33, was 0.17 (+100%)",
        ),
        (
            "http_load", {"server": "pystein-lsp, async function"}, "processor us each", 90,
            f"{LOAD}, processor us each, beside uvicorn: 4.50, was 3.00 (+50%)",
        ),
    ],
)  # fmt: skip
def test_a_planted_regression_is_found(
    part: str, columns: dict[str, Any], column: str, value: float, line: str, tmp_path: Path
) -> None:
    planted = copy.deepcopy(RUN)
    row(planted, part, **columns)[column] = value
    done = guard(planted, tmp_path)
    assert (done.returncode, done.stdout) == (1, f"{line}\n")
    assert guard(planted, tmp_path, "--tolerance", "1.5").returncode == 0


def test_the_worst_comes_first(tmp_path: Path) -> None:
    planted = copy.deepcopy(RUN)
    row(planted, "editor", server="pystein-lsp", lines=1000)["change p50 ms"] = 1.2
    row(planted, "editor", server="pystein-lsp", lines=10_000)["change p50 ms"] = 18
    first, second = guard(planted, tmp_path).stdout.splitlines()
    assert "(+900%)" in first
    assert "(+100%)" in second


def test_what_is_missing_is_named_and_fails_nothing(tmp_path: Path) -> None:
    fewer = copy.deepcopy(RUN)
    fewer["http_load"]["rows"].pop()
    done = guard(fewer, tmp_path)
    assert done.returncode == 0
    assert f"not measured now: {LOAD}, processor us each, beside uvicorn" in done.stderr


def test_runs_with_nothing_in_common_prove_nothing(tmp_path: Path) -> None:
    assert guard({"editor": {"rows": []}}, tmp_path).returncode == 1


def test_every_kept_result_has_ratios() -> None:
    found = {name.partition(":")[0] for name in ratios(parts.read(parts.RESULTS))}
    assert found == parts.read(parts.RESULTS).keys()
