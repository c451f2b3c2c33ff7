"""The page about testing is right: its app and its tests run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_driver import run_pytest

PAGE = Path(__file__).parents[3] / "docs" / "testing.md"
_FILE = re.compile(r"`([\w/]+\.(?:py|toml))`:\n\n```\w+\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one by one", "in parallel"])
def test_the_page(tmp_path: Path, options: tuple[str, ...]) -> None:
    files = dict(_FILE.findall(PAGE.read_text("utf-8")))
    assert len(files) == 6
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "host.json").write_text('{"version": "2.0"}', "utf-8")
    done = run_pytest(tmp_path, *options)
    assert done.counts == {"passed": sum(text.count("\ndef test_") for text in files.values())}, done.out
