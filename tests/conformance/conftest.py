"""The oracles, started once, and the comparison of what they say with what the checker says."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "runtime" / "worker"))

from agreement import Agree, disagreement
from checked import Checker
from oracle import Oracle, oracles


@pytest.fixture(scope="session")
def official() -> Iterator[list[Oracle]]:
    """The official library and worker, on the oldest Python that runs them and on the newest line."""
    started = oracles()
    yield started
    for each in started:
        each.stop()


@pytest.fixture(scope="session")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """Our checker, in process."""
    return Checker(tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="session")
def agree(official: list[Oracle], checker: Checker) -> Agree:
    """Fail where an app's verdicts differ."""

    def judge(files: str | Mapping[str, str], *, may_be_unsure: bool = False) -> None:
        app = {"function_app.py": files} if isinstance(files, str) else files
        for each in official:
            each.ask(app)
        ours = checker.check(app)
        theirs = {each.name: each.answer() for each in official}
        said = disagreement(ours, theirs, may_be_unsure=may_be_unsure)
        if said:
            shown = "\n".join(f"----- {name}\n{text}" for name, text in app.items())
            pytest.fail(f"{said}\n{shown}", pytrace=False)

    return judge
