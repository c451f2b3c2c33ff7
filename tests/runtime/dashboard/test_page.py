"""The dashboard's page in a real browser: each file `*.test.mjs` beside this one, run by Node's own test runner."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
NODE = shutil.which("node")
SECONDS = 300.0


@pytest.mark.timeout(SECONDS + 10)
@pytest.mark.skipif(NODE is None or CHROMIUM is None, reason="needs Node and Chromium")
@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.name.removesuffix(".test.mjs"))
def test_the_page(file: Path) -> None:
    if not (ROOT / "node_modules" / "playwright-core").exists():
        pytest.skip("needs `npm ci`")
    assert NODE is not None
    assert CHROMIUM is not None
    done = subprocess.run(
        [NODE, "--test", "--test-reporter=spec", str(file)],
        cwd=ROOT, env={**os.environ, "CHROMIUM": CHROMIUM, "PYSTEIN_PYTHON": sys.executable}, text=True,
        encoding="utf-8", capture_output=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
