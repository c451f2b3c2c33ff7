"""Started anywhere, the program imports nothing from the folder that it is started in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pystein_lsp

MAIN = Path(pystein_lsp.__file__).with_name("__main__.py")


@pytest.mark.parametrize("program", [["-m", "pystein_lsp"], [str(MAIN)]], ids=["module", "path"])
def test_modules_of_the_folder_stay_out(tmp_path: Path, program: list[str]) -> None:
    trap = "import pathlib; pathlib.Path('executed').write_text('')\nif pathlib.Path: raise SystemExit('executed')\n"
    for name in ["argparse", "json", "queue", "typing", "ast", "pystein_runtime", "catalogue", "azure"]:
        (tmp_path / f"{name}.py").write_text(trap, "utf-8")
    (tmp_path / "function_app.py").write_text(
        "import azure.functions as func\napp = func.FunctionApp()\n" + trap, "utf-8"
    )
    run = subprocess.run([sys.executable, *program, "check"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert not (tmp_path / "executed").exists(), run.stderr
    assert run.returncode == 0, run.stdout + run.stderr
