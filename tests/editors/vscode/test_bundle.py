"""What the extension brings is enough: the server and the runtime run with the bundled libraries and nothing else.

The interpreter is started without site-packages, as on a machine whose Python has nothing installed. Only the app's worker
has more, for azure-functions is the app's own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

OPTIONAL = {
    "argparse_manpage": "makes the manual, in development",
    "azure": "the app's own; of the SDKs, what reaches real services",
    "httptools": "compiled; h11 parses where it is missing",
    "libcst": "compiled; `migrate` needs it and says so",
    "pytest": "runs the plugin",
}
"""What may be missing. A module that needs anything else is broken in the editor, or its library has to be bundled."""

IMPORT_ALL = f"""
import importlib, pkgutil
for name in ("pystein_lsp", "pystein_runtime"):
    for module in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ModuleNotFoundError as error:
                if (error.name or "").partition(".")[0] not in {sorted(OPTIONAL)}:
                    print(module.name, "needs", error.name)
"""

RUNS = [
    ("shop", "nightly_report", []),
    ("messages", "send_by_sdk", []),  # AMQP, by an SDK in the worker
    ("durable", "hello_sequence", []),
    ("documents", "total", []),
    ("mcp", "count_words", ["--data", '{"arguments": {"text": "two words"}}']),
    ("sql", "cheap_products", ["--route", "cost=100"]),
]
"""A function of each service."""


def _pythons() -> list[str]:
    """Ours, and the oldest that runs the server where it is on PATH: it lacks what newer ones have in their library."""
    oldest = shutil.which("python3.10")
    works = oldest and subprocess.run([oldest, "-c", ""], check=False, capture_output=True).returncode == 0
    return [sys.executable, oldest] if oldest and works else [sys.executable]


pytestmark = [
    pytest.mark.skipif(not shutil.which("node"), reason="the package is built by Node"),
    pytest.mark.parametrize("python", _pythons()),
]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the package has in `out/bundled`, built as for the package."""
    target = tmp_path_factory.mktemp("extension") / "bundled"
    subprocess.run(["node", "client-vscode/build/libs.mjs", str(target)], cwd=ROOT, check=True, capture_output=True)
    return target


def _run(python: str, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [python, "-I", "-S", "-X", "utf8", *args]
    return subprocess.run(
        command, cwd=cwd, check=False, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )


def test_no_module_needs_a_library_that_is_not_bundled(bundle: Path, python: str) -> None:
    path = f"import sys; sys.path.insert(0, {str(bundle / 'libs')!r})\n"
    run = _run(python, "-c", path + IMPORT_ALL, cwd=bundle)
    assert (run.stdout, run.returncode) == ("", 0), run.stderr


@pytest.mark.parametrize(("app", "function", "options"), RUNS, ids=[app for app, _, _ in RUNS])
def test_examples_run(bundle: Path, python: str, app: str, function: str, options: list[str], tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "examples" / app, tmp_path / app, ignore=shutil.ignore_patterns(".pystein"))
    start = [
        str(bundle / "launch_server.py"),
        "invoke",
        function,
        "--python",
        sys.executable,
        "--output-format",
        "json",
    ]
    run = _run(python, *start, *options, cwd=folder)
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads(run.stdout)["status"] == "succeeded"


def test_what_needs_more_says_so(bundle: Path, python: str, tmp_path: Path) -> None:
    run = _run(python, str(bundle / "launch_server.py"), "migrate", cwd=tmp_path)
    assert run.returncode == 2
    assert run.stderr.startswith("pystein-lsp: this needs libcst, which ")
    assert run.stderr.count("\n") == 1
