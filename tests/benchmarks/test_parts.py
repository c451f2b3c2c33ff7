"""Every part of the benchmark works; what it finds depends on the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import page, parts


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the comparisons are for Linux")
@pytest.mark.parametrize("part", parts.PARTS, ids=parts.NAMES)
def test_it_measures_everything(part: parts.Part, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks", part.name, "--quick", "--results", str(tmp_path)]
    subprocess.run(command, cwd=parts.ROOT, check=True, capture_output=True)
    [(name, result)] = parts.read(tmp_path).items()
    assert name == part.name
    assert result["rows"] or result["gaps"]
    numbers = [value for row in result["rows"] for value in row.values() if isinstance(value, (int, float))]
    assert max(numbers, default=1) > 0
    text = page.files({name: result})[page.PAGE]
    assert f"## {result['title']}\n" in text
    assert f"; load {result['load before']} before" in text


def test_a_part_that_is_none_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "nothing"]
    done = subprocess.run(command, cwd=parts.ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "there is no part nothing; there are editor, " in done.stderr


def test_a_part_that_fails_is_an_error_of_its_own() -> None:
    with pytest.raises(parts.PartError, match="check gave no result"):
        parts.run(parts.Part("check", "--apps many"), quick=True, peers=None)
