"""What the pages show works: options exist, code is clean, data reads, links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from pystein_lsp.cli.main import COMMANDS
from pystein_lsp.cli.serve import add_arguments as add_server_arguments
from pystein_lsp.platform.jsonc import read_json
from tests.cli.conftest import Cli, cli

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["cli"]

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if path.parent.name != "rules"  # those are generated, and tests/rules tries their examples
)


HOST = """\
{"version": "2.0", "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}
"""


CI_SCHEMAS = ["vendor.github-workflows", "vendor.github-workflows", "vendor.gitlab-ci", "vendor.azure-pipelines", None]
"""For the blocks of docs/ci.md, in their order; pre-commit has a validator of its own."""
HOOKS = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


class Block(NamedTuple):
    """A fenced piece of a page."""

    page: str
    line: int
    language: str
    text: str
    before: str
    """The line that leads to it."""


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for found in re.finditer(r"^( *)```(\w*)\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL):
        inner = re.sub(rf"^{found[1]}", "", found[3], flags=re.MULTILINE)
        before = text[: found.start()].rstrip().rpartition("\n")[2]
        yield Block(page.name, text.count("\n", 0, found.start()) + 1, found[2], inner, before)


def options(page: Path) -> Iterator[tuple[str, str]]:
    """The commands of a page with each option that it gives them."""
    text = page.read_text("utf-8")
    for line in re.findall(r"pystein-lsp((?: [^`|>\n]+)?(?:\n {4,}(?!pystein-lsp)[^`|>\n]+)*)", text):
        words = line.split()
        name = next((word for word in words if word in COMMANDS), "check" if "--check" in words else "")
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", line.partition("  #")[0]):
            yield name, option


ALL_BLOCKS = [block for page in PAGES for block in blocks(page)]
ALL_OPTIONS = sorted({(page.name, *found) for page in PAGES for found in options(page)})


def of(*languages: str) -> list[Block]:
    return [block for block in ALL_BLOCKS if block.language in languages]


def ids(block: Block) -> str:
    return f"{block.page}:{block.line}"


def test_there_is_something_to_try() -> None:
    assert len(ALL_OPTIONS) > 20
    assert {block.language for block in ALL_BLOCKS} >= {"python", "toml", "yaml", "json"}


@pytest.mark.parametrize(("page", "command", "option"), ALL_OPTIONS)
def test_options_exist(page: str, command: str, option: str) -> None:
    from argparse import ArgumentParser

    parser = ArgumentParser()
    if command:
        import_module(f"pystein_lsp.cli.{command}").add_arguments(parser)
    else:
        add_server_arguments(parser)
    assert option in {"--check", "--version", *parser._option_string_actions}


@pytest.mark.parametrize("block", [block for block in of("python") if "import " in block.text], ids=ids)
def test_python_is_clean(cli: Cli, tmp_path: Path, block: Block) -> None:
    """Whole programs, that is; what imports nothing is a piece of one."""
    compile(block.text, ids(block), "exec")
    if "azure.functions" not in block.text:
        return
    (tmp_path / "host.json").write_text(HOST, "utf-8")
    (tmp_path / "function_app.py").write_text(block.text, "utf-8")
    done = cli("--check", "--ignore", "app-not-found")
    assert done.status == ("mistakes" in block.before), done.out


@pytest.mark.parametrize("block", of("json", "jsonc"), ids=ids)
def test_json_reads(block: Block) -> None:
    assert read_json(block.text).problems == ()


@pytest.mark.parametrize("block", of("toml"), ids=ids)
def test_toml_reads(block: Block) -> None:
    tomllib.loads(block.text)


@pytest.mark.parametrize("block", of("yaml"), ids=ids)
def test_yaml_reads(block: Block) -> None:
    assert yaml.safe_load(block.text)


@pytest.mark.parametrize(("block", "schema"), list(zip(of("yaml"), CI_SCHEMAS, strict=True)), ids=str)
def test_services_take_what_is_shown(tmp_path: Path, block: Block, schema: str | None) -> None:
    """The blocks of docs/ci.md, held against the schemas that the services publish."""
    assert block.page == "ci.md"
    if schema is None:
        assert {hook["id"] for repo in yaml.safe_load(block.text)["repos"] for hook in repo["hooks"]} <= HOOKS
        return
    (tmp_path / "ci.yml").write_text(block.text, "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(tmp_path / "ci.yml")]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        other = page.parent / path if path else page
        assert other.exists(), target
        if anchor and other.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", other.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}, (
                target
            )


@pytest.mark.parametrize("page", [ROOT / "docs" / "architecture.md", ROOT / "SECURITY.md"], ids=lambda page: page.name)
def test_what_is_named_in_the_map_is_there(page: Path) -> None:
    """Files by their paths, below the repository, its two programs or the folder of the one before; tests by their names."""
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|test_\w+\.py)(?:::(\w+))?`", page.read_text("utf-8"))
    assert len(named) > 10
    homes = [ROOT, ROOT / "server/pystein_lsp", ROOT / "server/pystein_runtime", ROOT / "server"]
    for path, test in named:
        if path.startswith(".pystein") or path == "../":
            continue  # of an app; an attack
        found = next((home / path for home in homes if (home / path).exists()), None)
        assert found, path
        assert not test or f"def {test}(" in found.read_text("utf-8"), f"{path}::{test}"
        homes.append(found.parent)
