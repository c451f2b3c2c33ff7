"""The example app, as its reader would try it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from durable_driver import Hub, Line
from pytest_driver import run_pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "durable"


@pytest.fixture
def hub(start: Callable[..., Hub], tmp_path: Path, line: Line) -> Hub:
    root = tmp_path / "app"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".pystein", "__pycache__"))
    return start(None, *line.options, root=root)


def test_it_runs(hub: Hub) -> None:
    answer = hub.post("/api/orchestrators/hello_sequence")
    assert answer.status == 202
    assert hub.end(answer.json["id"])["output"] == ["Hello Tokyo!", "Hello Seattle!", "Hello London!"]
    answer = hub.post("/api/orchestrators/approve_order", [{"item": "tea", "count": 2}])
    id_ = answer.json["id"]
    hub.until(id_, lambda status: status["customStatus"] == {"total": 6, "waiting": True})
    hub.event(id_, "Approval", True)
    assert hub.end(id_)["output"] == "approved"
    while hub.get("/api/revenue").text != "6":
        pass


def test_its_tests_pass(tmp_path: Path, line: Line) -> None:
    root = tmp_path / "app"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".pystein", "__pycache__"))
    done = run_pytest(root, "-o", f"pystein_python={line.python}")
    assert done.counts == {"passed": 3}, done.out
