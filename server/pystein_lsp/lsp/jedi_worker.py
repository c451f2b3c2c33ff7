"""The process that asks jedi: lines of JSON in, lines of JSON out. It ends with its input, and is ended when it takes too long.

The first line says where modules are found: `{"path"}` is what the server itself imports from, and the only place that
compiled modules are loaded from; where the workspace's own code lies, source is read and nothing is imported.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any


def answer(question: dict[str, Any], path: list[str]) -> dict[str, Any] | None:
    """What a name at a place is, and where it is defined: `{"text", "places": [{"path", "line", "column", "end"}]}`."""
    jedi = import_module("jedi")  # found only once the path is set
    environment = import_module("jedi.api.environment").InterpreterEnvironment()

    project = jedi.Project(
        question["root"],
        sys_path=[question["root"], *question["packages"], *path],
        smart_sys_path=False,
        load_unsafe_extensions=False,
    )
    script = jedi.Script(question["source"], path=question["file"], project=project, environment=environment)
    place = question["line"] + 1, question["column"]
    names = script.goto(*place, follow_imports=True, follow_builtin_imports=True) or script.infer(*place)
    places = [
        {
            "path": str(name.module_path),
            "line": name.line - 1,
            "column": name.column,
            "end": name.column + len(name.name),
        }
        for name in names
        if name.module_path and name.line
    ]
    return {"text": _told(names[0]) if names else "", "places": places}


def _told(name: Any) -> str:
    """A name in Markdown: how it is declared, and what is written about it."""
    head = name.description if name.type == "statement" else f"{name.type} {name.full_name or name.name}"
    written = name.docstring(raw=True).strip().split("\n\n", 1)[0]
    return "\n\n".join(part for part in (f"```python\n{head}\n```", written) if part)


def main() -> None:
    """Answer until the input ends."""
    path = json.loads(sys.stdin.readline())["path"]
    sys.path[:] = path
    for line in sys.stdin:
        try:
            found = answer(json.loads(line), path)
        except Exception as error:  # jedi has many ways to fail; each question stands for itself
            found = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
