"""The example's tests pass, as a user would run them."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytest_driver import run_pytest

SHOP = Path(__file__).parents[3] / "examples" / "shop"


def test_the_shop(tmp_path: Path) -> None:
    shutil.copytree(SHOP, tmp_path / "shop", ignore=shutil.ignore_patterns(".pystein", "__pycache__"))
    done = run_pytest(tmp_path / "shop")
    assert done.counts == {"passed": 4}, done.out
