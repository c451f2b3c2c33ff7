"""Generated apps: what the checker says, and what the official library and worker say."""

from __future__ import annotations

import pytest
from agreement import EXAMPLES, LONG, Agree
from apps import one_function, several_files, several_functions
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import DataObject, SearchStrategy, data

KINDS = {"one function": one_function(), "several functions": several_functions(), "several files": several_files()}


@pytest.mark.parametrize("kind", KINDS)
def test_agreement(kind: str, agree: Agree) -> None:
    strategy: SearchStrategy[dict[str, str]] = KINDS[kind]

    @settings(
        max_examples=EXAMPLES or 1000,
        derandomize=not LONG,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(data())
    def judge(drawn: DataObject) -> None:
        agree(drawn.draw(strategy))

    judge()
