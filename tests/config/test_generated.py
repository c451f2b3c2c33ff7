"""What follows from the table of options, and the patterns of paths."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from pystein_lsp.config.generate import PAGE, SCHEMA, document, schema, schema_text
from pystein_lsp.config.globs import compiled
from pystein_lsp.config.options import OPTIONS

ROOT = Path(__file__).parents[2]


def test_schema_and_page_are_fresh() -> None:
    assert Path(SCHEMA).read_text("utf-8") == schema_text(), "run `python -m pystein_lsp.config.generate`"
    assert (ROOT / PAGE).read_text("utf-8") == document(), "run `python -m pystein_lsp.config.generate`"


def test_examples_of_the_page_are_valid() -> None:
    toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft7Validator(schema())
    validator.check_schema(schema())
    for option in OPTIONS:
        text = option.example if option.example.startswith("[") else "[tool.pystein-lsp]\n" + option.example
        validator.validate(toml.loads(text)["tool"]["pystein-lsp"])
    for wrong in [
        {"selct": []},
        {"select": "invalid-cron"},
        {"severity": {"invalid-cron": "fatal"}},
        {"select": ["x"]},
    ]:
        assert list(validator.iter_errors(wrong)), wrong


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("samples", ["samples", "samples/a.py", "x/samples/b/c.py"], ["samples2/a.py", "x/my-samples"]),
        ("*.py", ["a.py", "x/b.py"], ["a.pyc"]),
        ("apps/*.py", ["apps/a.py"], ["apps/b/a.py", "x/apps/a.py"]),
        ("apps/**/test_*.py", ["apps/test_a.py", "apps/x/y/test_a.py"], ["test_a.py"]),
        ("apps/**", ["apps/a.py", "apps/x/a.py"], ["x/apps/a.py"]),
        ("./a.py", ["a.py"], ["x/a.py"]),
        ("/a.py", ["a.py"], ["x/a.py"]),
        ("**/gen", ["gen/a.py", "x/gen/a.py"], ["gen2"]),
        ("a?.(py", ["ab.(py"], ["a/.(py", "a.(py"]),
    ],
)
def test_patterns(pattern: str, matching: list[str], others: list[str]) -> None:
    assert [path for path in matching if not compiled(pattern).fullmatch(path)] == []
    assert [path for path in others if compiled(pattern).fullmatch(path)] == []
