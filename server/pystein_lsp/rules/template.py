"""Begin a new rule: `python -m pystein_lsp.rules.template NAME [--about function|app]`.

Writes a rule that works, its test and its page, and enters it into the table: what is left is to say what it is about. For
those who work on pystein-lsp itself, in a checkout.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from pystein_lsp.rules.table import BY_NAME

CHECKOUT = os.path.normpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
_TABLE = os.path.join("server", "pystein_lsp", "rules", "table.py")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_IMPORTS = re.compile(r"(?:^from pystein_lsp\.rules\..*\n)+", re.MULTILINE)
_LAST = "    UnusedSuppression,\n"
"""The rule that stays the last of the table: it looks at what the others have left."""

_PAGE = '''
    """A function that is called `todo`.

    ## What it does
    Reports functions whose name is `todo`.

    ## Why it matters
    Say what the platform does about it, and where that can be seen.

    ## Example
    ```python
    @app.route(route="todo")
    def todo(req: func.HttpRequest) -> str: ...
    ```

    ## Use instead
    ```python
    @app.route(route="hello")
    def hello(req: func.HttpRequest) -> str: ...
    ```

    ## Fix safety
    There is no fix: what the function does is yours to say.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-reference-python
    """

    name = "new-rule"
    severity = "warning"
'''.lstrip("\n")

_ABOUT_A_FUNCTION = f'''
"""The rule new-rule."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.functions import Function
from pystein_lsp.rules.rule import Finding, FunctionRule


class NewRule(FunctionRule):
{_PAGE}
    def check(self, function: Function, app: App) -> Iterator[Finding]:
        """One finding for the name."""
        if function.name == "todo":
            message = "'todo' says nothing about what the function does; give it a name of its own"
            yield Finding(message, function.location(function.name_span), function.name)
'''.lstrip("\n")

_ABOUT_THE_APP = f'''
"""The rule new-rule."""

from __future__ import annotations

from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.rules.rule import AppRule, Finding


class NewRule(AppRule):
{_PAGE}
    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each function of that name."""
        for function in app.indexed:
            if function.name == "todo":
                message = "'todo' says nothing about what the function does; give it a name of its own"
                yield Finding(message, function.location(function.name_span), function.name)
'''.lstrip("\n")

_TEST = '''
"""new-rule: what it reports, and where it is silent."""

from __future__ import annotations

from tests.conftest import Check

APP = """\\
import azure.functions as func
app = func.FunctionApp()
@app.route(route="hello")
def {name}(req: func.HttpRequest) -> str: ...
"""


def test_is_reported(check: Check) -> None:
    [found] = check(APP.format(name="todo"), only="new-rule")
    assert (found.line, found.text, found.severity) == (4, "todo", "warning")


def test_is_silent(check: Check) -> None:
    assert check(APP.format(name="hello"), only="new-rule") == []
'''.lstrip("\n")

_RULES = {"function": _ABOUT_A_FUNCTION, "app": _ABOUT_THE_APP}


def main() -> int:
    """Write it; gives the exit status, which is 2 where the name cannot be used."""
    import argparse  # noqa: PLC0415 - as everywhere in the kernel: only who runs it pays for it

    parser = argparse.ArgumentParser(prog="python -m pystein_lsp.rules.template", description="begin a new rule")
    parser.add_argument(
        "name", help="as users will see it: words in small letters with dashes, such as cron-five-fields"
    )
    parser.add_argument("--about", choices=sorted(_RULES), default="function", help="what the rule looks at")
    args = parser.parse_args()
    if problem := _problem(args.name):
        sys.stderr.write(f"{problem}\n")
        return 2
    module = args.name.replace("-", "_")
    rule = os.path.join("server", "pystein_lsp", "rules", f"{module}.py")
    test = os.path.join("tests", "rules", f"test_{module}.py")
    _write(rule, _named(_RULES[args.about], args.name))
    _write(test, _named(_TEST, args.name))
    _enter(args.name)
    for generator in ("pystein_lsp.rules.document", "pystein_lsp.config.generate"):
        subprocess.run([sys.executable, "-m", generator], cwd=CHECKOUT, check=True)  # noqa: S603 - our own modules
    sys.stdout.write(f"written: {rule}, {test}; entered into {_TABLE}; pages made anew\n")
    return 0


def _problem(name: str) -> str | None:
    if not os.path.isdir(os.path.join(CHECKOUT, "tests", "rules")):
        return f"{CHECKOUT} is no checkout of pystein-lsp: there is no tests/rules"
    if not _NAME.fullmatch(name):
        return (
            f"'{name}' is no name for a rule: at least two words in small letters with dashes, such as cron-five-fields"
        )
    module = f"{name.replace('-', '_')}.py"
    if name in BY_NAME or os.path.exists(os.path.join(os.path.dirname(__file__), module)):
        return f"there is a rule or a module {module} already"
    return None


def _named(text: str, name: str) -> str:
    return text.replace("new-rule", name).replace("NewRule", _class_name(name))


def _class_name(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def _enter(name: str) -> None:
    """Enter a rule into the table: an import in its place, and the class before the last."""
    path = os.path.join(CHECKOUT, _TABLE)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    found = _IMPORTS.search(text)
    assert found is not None
    line = f"from pystein_lsp.rules.{name.replace('-', '_')} import {_class_name(name)}\n"
    imports = sorted([*found[0].splitlines(keepends=True), line], key=lambda each: each.split()[1])
    text = text.replace(found[0], "".join(imports)).replace(_LAST, f"    {_class_name(name)},\n{_LAST}")
    _write(_TABLE, text)


def _write(name: str, text: str) -> None:
    with open(os.path.join(CHECKOUT, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(main())
