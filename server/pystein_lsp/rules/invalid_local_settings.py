"""The rule invalid-local-settings."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.settings import JsonFile
from pystein_lsp.platform.jsonc import Node
from pystein_lsp.platform.settings import LOCAL, is_encrypted
from pystein_lsp.rules.rule import AppRule, Edit, Finding, Fix
from pystein_lsp.syntax.span import Span


class InvalidLocalSettings(AppRule):
    """local.settings.json is not what the tools can use.

    ## What it does
    Reports a settings file that is no JSON (comments and trailing commas are fine), values that are objects or lists, a
    worker runtime other than Python, and a missing `IsEncrypted`.

    ## Why it matters
    Of a file that they cannot read the tools take *none* of the values, after one warning: every connection is missing.
    Without `IsEncrypted` they take the values for encrypted. With another `FUNCTIONS_WORKER_RUNTIME` the host finds no
    functions.

    ## Example
    ```json
    {"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "python", "Shop": {"Name": "x"}}}
    ```

    ## Use instead
    ```json
    {"IsEncrypted": false, "Values": {"FUNCTIONS_WORKER_RUNTIME": "python", "Shop__Name": "x"}}
    ```

    ## Fix safety
    Adding `"IsEncrypted": false` is safe where the values are plain; naming Python as the runtime is safe.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file
    """

    name = "invalid-local-settings"
    severity = "warning"
    reads = "files"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each place."""
        for file in app.settings.files:
            for problem in file.json.problems:
                message = f"{problem.message}; none of the settings in this file can be used"
                yield Finding(message, file.location(problem.span))
            root = file.json.root
            if root is None or file.json.problems:
                continue
            if root.kind != "object":
                yield Finding("the settings file is no JSON object; no setting can be used", file.location(root.span))
                continue
            yield from _values(file, root)
            if os.path.basename(file.path) == LOCAL:
                yield from _encryption(file, root)


def _values(file: JsonFile, root: Node) -> Iterator[Finding]:
    values = root.get("Values")
    for member in values.members if values else ():
        kind = member.value.kind if member.value else "null"
        if kind in ("object", "array"):
            message = f"the value of '{member.key}' is no text: the tools then take none of the values in this file;"
            yield Finding(f"{message} write '{member.key}__Part' for each part", file.location(member.key_span))
        elif not member.key:
            yield Finding("a setting without a name is skipped", file.location(member.key_span))
        elif member.key.upper() == "FUNCTIONS_WORKER_RUNTIME" and member.value and not is_encrypted(root):
            runtime = str(member.value.value or "")
            if runtime.lower() != "python":
                fix = Fix("Change to python", safe=True, edits=(Edit(file.location(member.value.span), '"python"'),))
                message = (
                    f"the worker runtime is '{runtime}': the host looks for functions of that language and finds none;"
                )
                yield Finding(f"{message} this app needs 'python'", file.location(member.value.span), fixes=(fix,))


def _encryption(file: JsonFile, root: Node) -> Iterator[Finding]:
    if root.get("IsEncrypted") is not None or not root.members:
        return
    start = Span(root.span.line, root.span.column, root.span.line, root.span.column + 1)
    after = start._replace(column=start.end_column)
    fix = Fix('Add "IsEncrypted": false', safe=True, edits=(Edit(file.location(after), '\n  "IsEncrypted": false,'),))
    message = (
        "without 'IsEncrypted' the tools take the values for encrypted and cannot read them; add \"IsEncrypted\": false"
    )
    yield Finding(message, file.location(start), fixes=(fix,))
