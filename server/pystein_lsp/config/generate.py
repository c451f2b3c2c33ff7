"""Write what follows from the table of options: the JSON Schema beside this module, and `docs/configuration.md`.

Run as `python -m pystein_lsp.config.generate` in the top folder of the repository.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from pystein_lsp.config.options import OPTIONS, Option
from pystein_lsp.rules.table import RULES

SCHEMA = os.path.join(os.path.dirname(__file__), "schema.json")
PAGE = os.path.join("docs", "configuration.md")

_HEAD = """\
# Configuration

Everything works without any. What you decide stands in `[tool.pystein-lsp]` of pyproject.toml, or without that heading in
`pystein-lsp.toml`, which wins where a folder holds both. The nearest file upwards of an app's folder counts, so that the apps
of one repository may have one configuration or several. The editor reads the same files. A mistake in one is exit status 2.

```toml
[tool.pystein-lsp]
ignore = ["cron-five-fields"]
exclude = ["samples"]
settings = ["ServiceBusConnection"]

[tool.pystein-lsp.severity]
missing-connection-setting = "error"
```

The JSON Schema is in the package (`pystein_lsp/config/schema.json`).

## Options
"""

_TAIL = """\
## Patterns

A pattern without a slash names files and folders wherever they are: `samples`, `legacy_*.py`. One with a slash is relative to
the folder of the configuration: `apps/old/**`. `*` and `?` stay inside a name, `**` crosses folders. A folder that matches
stands for all that is in it.

## Suppressions

```python
@app.timer_trigger(arg_name="timer", schedule="0 0 2 ? * *")  # pystein: ignore[invalid-cron] the test host reads it
```

A comment counts for the whole statement at which it stands: a call over several lines, or a stack of decorators with the
signature below it. On a line of its own it counts for the statement that follows. `# pystein: ignore-file[rule, ...]`, anywhere
in a file, counts for all of it. Rules are named one by one; what stands behind the bracket is your reason.

A comment that ignores nothing is reported by [unused-suppression](rules/unused-suppression.md), and removed by `--fix`.
A suppressed error leaves open whether the platform would load the app: `"indexes"` is then `null`.

JSON files have no such comments; use `ignore` or `per-file-ignores`.

## Known findings

To begin with an app that has findings already, and to hear of new ones only:

```sh
pystein-lsp --check --write-baseline pystein-baseline.json
pystein-lsp --check --baseline pystein-baseline.json
```

A finding is known by its rule, its file and its function, not by its line or its words; where a function has more findings of
one rule than the baseline counts, the last ones are reported. When findings of the baseline are gone, write it again.
"""


def schema() -> dict[str, Any]:
    """The JSON Schema of the options."""
    names = sorted(rule.name for rule in RULES)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://raw.githubusercontent.com/pystein/pystein-lsp/main/server/pystein_lsp/config/schema.json",
        "title": "pystein-lsp",
        "description": "[tool.pystein-lsp] in pyproject.toml, or pystein-lsp.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {option.name: {"description": _prose(option), **option.schema} for option in OPTIONS},
        "definitions": {
            "rule": {
                "description": "A rule's name, or a pattern such as durable-*",
                "type": "string",
                "anyOf": [{"enum": names}, {"pattern": "[*?]"}],
            }
        },
    }


def schema_text() -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(), indent=2) + "\n"


def document() -> str:
    """The page about configuration."""
    return "\n".join([_HEAD, *(line for option in OPTIONS for line in _section(option)), _TAIL])


def _section(option: Option) -> Iterator[str]:
    yield f"### `{option.name}`"
    yield ""
    yield _prose(option)
    yield ""
    heading = [] if option.example.startswith("[") else ["[tool.pystein-lsp]"]
    yield "\n".join(["```toml", *heading, option.example, "```", ""])


def _prose(option: Option) -> str:
    return f"{option.summary} {option.text}".strip()


def main() -> None:
    """Write both."""
    for path, text in [(SCHEMA, schema_text()), (PAGE, document())]:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    main()
