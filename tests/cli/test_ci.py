"""The files with which CI services start the checker: their commands do what they say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import BAD, GOOD, TIMEOUT, Cli, Write, environment

ROOT = Path(__file__).parents[2]


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def blocks(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("hook", load(".pre-commit-hooks.yaml"), ids=lambda hook: hook["id"])
def test_hooks(cli: Cli, write: Write, hook: dict[str, str]) -> None:
    wrong = GOOD.replace('"hello")\n', '"hello", methods="GET")\n', 1)
    write({"shop/function_app.py": wrong, "other/script.py": "x = (\n", "fine/function_app.py": GOOD})
    program, *options = hook["entry"].split()
    assert program == "pystein-lsp"
    assert cli(*options, "shop/function_app.py", "other/script.py").status == (0 if "--fix" in options else 1)
    assert cli(*options, "other/script.py", "fine/function_app.py").status == 0
    taken = re.compile(hook["files"])
    assert all(
        taken.search(name) for name in ["a/function_app.py", "host.json", "a/local.settings.json", "requirements.txt"]
    )
    assert not any(taken.search(name) for name in ["package.json", "a/ghost.json", "readme.md"])


@pytest.mark.skipif(not shutil.which("bash"), reason="the steps are written for bash")
def test_action(write: Write, tmp_path: Path) -> None:
    write({"a/function_app.py": BAD, "b/function_app.py": GOOD})
    action = load("action.yml")
    inputs = {name: str(given["default"]) for name, given in action["inputs"].items()}
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "pystein-lsp").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pystein_lsp "$@"\n', "utf-8")
    (programs / "pystein-lsp").chmod(0o755)

    def run(step: dict[str, Any], **given: str) -> subprocess.CompletedProcess[str]:
        values = {f"inputs.{name}": value for name, value in {**inputs, **given}.items()}
        values["steps.install.outputs.program"] = str(programs / "pystein-lsp")
        env = {
            name: re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: values[found[1]], text)
            for name, text in step["env"].items()
        }
        return subprocess.run(
            ["bash", "-e", "-c", step["run"]],
            check=False, cwd=tmp_path, env=environment(env), capture_output=True, text=True, timeout=TIMEOUT,
        )  # fmt: skip

    steps = {step["name"]: step for step in action["runs"]["steps"]}
    check = run(steps["Check"])
    assert check.returncode == 1
    assert "::error title=pystein-lsp (arg-name-mismatch),file=a/function_app.py,line=6" in check.stdout
    assert run(steps["Check"], paths="b").returncode == 0
    assert run(steps["Check"], args="--ignore arg-name-mismatch,unbound-parameter,app-not-indexed").returncode == 0
    log = run(steps["Write a SARIF log"], **{"sarif-file": "out.sarif"})
    assert (log.returncode, log.stderr) == (0, "")
    assert '"version": "2.1.0"' in (tmp_path / "out.sarif").read_text("utf-8")


def test_pages_hold_yaml_and_options_that_exist(cli: Cli) -> None:
    known = set(re.findall(r"--[a-z][a-z-]+", cli("check", "--help").out)) | {"--check"}
    text = (ROOT / "docs/ci.md").read_text("utf-8")
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known
    assert all(yaml.safe_load(block) for block in blocks("docs/ci.md"))
    hooks = {hook["id"] for hook in load(".pre-commit-hooks.yaml")}
    named = set(re.findall(r"- id: (\S+)", text))
    assert named == hooks
    inputs = load("action.yml")["inputs"]
    jobs = [job for block in blocks("docs/ci.md") for job in (yaml.safe_load(block).get("jobs") or {}).values()]
    ours = [step for job in jobs for step in job["steps"] if "pystein/pystein-lsp@" in step.get("uses", "")]
    assert len(ours) == 2
    assert all(set(step["with"]) <= set(inputs) for step in ours)


def test_links_of_the_pages_lead_somewhere() -> None:
    for name in ("docs/ci.md", "docs/configuration.md", "docs/rules/README.md"):
        page = ROOT / name
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            path, _, anchor = target.partition("#")
            if "://" in target:
                continue
            other = page.parent / path if path else page
            assert other.exists(), f"{name}: {target}"
            headings = re.findall(r"^#+ (.+)$", other.read_text("utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert not anchor or anchor in anchors, f"{name}: {target}"
