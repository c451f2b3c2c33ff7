"""The rule invalid-host-json."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.settings import JsonFile
from pystein_lsp.ncrontab.timespan import read_time_span
from pystein_lsp.platform.jsonc import Node
from pystein_lsp.rules.rule import AppRule, Edit, Finding, Fix
from pystein_lsp.rules.suggest import closest
from pystein_lsp.syntax.span import Span

KEYS = (
    "$schema", "aggregator", "applicationInsights", "concurrency", "customHandler", "eventHub", "extensionBundle",
    "extensions", "functions", "functionTimeout", "healthMonitor", "http", "httpWorker", "logging", "managedDependencies",
    "managedDependency", "metadataProviderTimeout", "queues", "retry", "sendCanceledInvocationsToWorker", "serviceBus",
    "singleton", "telemetryMode", "version", "watchDirectories", "watchFiles",
)  # fmt: skip
"""Top-level keys that the host reads (azure-functions-host, HostJsonFileConfigurationSource)."""

_BUNDLE_ID = re.compile(r"\w+(?:[.-]\w+)*\Z")
_BUNDLE_VERSION = re.compile(r"[\[(]?\s*(?:[\d.*]+\s*)?(?:,\s*(?:[\d.*]+\s*)?)?[\])]?\Z")


class InvalidHostJson(AppRule):
    """host.json is not what the host can use.

    ## What it does
    Reports a host.json that is no JSON object, lacks `"version": "2.0"`, or holds an extension bundle, a time-out or a key
    that the host does not understand.

    ## Why it matters
    Without a readable file of version 2.0 the host does not start. A misspelt key is ignored without a word.

    ## Example
    ```json
    {"version": "4.0"}
    ```

    ## Use instead
    ```json
    {"version": "2.0"}
    ```

    ## Fix safety
    Correcting the version is safe: there is no other. A suggested key is not.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/functions-host-json
    """

    name = "invalid-host-json"
    severity = "error"
    effect = "app"
    reads = "files"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each place."""
        file = app.host.file
        if file is None:
            return
        for problem in file.json.problems:
            yield Finding(f"{problem.message}; the host does not start", file.location(problem.span))
        root = file.json.root
        if root is None or file.json.problems:
            return
        if root.kind != "object":
            yield Finding("host.json is no JSON object; the host does not start", file.location(root.span))
        elif root.members:  # the host fills an empty object with its defaults
            yield from _version(file, root)
            yield from _bundle(file, root)
            yield from _timeout(file, root)
            yield from _keys(file, root)


def _version(file: JsonFile, root: Node) -> Iterator[Finding]:
    version = root.get("version")
    if version is None:
        start = Span(root.span.line, root.span.column, root.span.line, root.span.column + 1)
        after = start._replace(column=start.end_column)
        fix = Fix('Add "version": "2.0"', safe=True, edits=(Edit(file.location(after), '\n  "version": "2.0",'),))
        message = 'host.json has no "version": the host does not start; it is "2.0"'
        yield Finding(message, file.location(start), fixes=(fix,))
    elif version.value != "2.0":
        fix = Fix('Change to "2.0"', safe=True, edits=(Edit(file.location(version.span), '"2.0"'),))
        message = (
            f'the version of host.json is its schema\'s, always "2.0", not {version.value!r}: the host does not start'
        )
        yield Finding(message, file.location(version.span), fixes=(fix,))


def _bundle(file: JsonFile, root: Node) -> Iterator[Finding]:
    bundle = root.get("extensionBundle")
    if bundle is None or bundle.kind != "object":
        return
    for key, pattern, example in [
        ("id", _BUNDLE_ID, "Microsoft.Azure.Functions.ExtensionBundle"),
        ("version", _BUNDLE_VERSION, "[4.*, 5.0.0)"),
    ]:
        node = bundle.get(key)
        if (
            node is None
            or not isinstance(node.value, str)
            or not node.value.strip()
            or not pattern.match(node.value.strip())
        ):
            message = (
                f'the {key} of the extension bundle is missing or invalid: the host does not start; such as "{example}"'
            )
            yield Finding(message, file.location((node or bundle).span))


def _timeout(file: JsonFile, root: Node) -> Iterator[Finding]:
    node = root.get("functionTimeout")
    if node and node.kind == "string" and read_time_span(str(node.value)) is None:
        message = f"'{node.value}' is no time span hh:mm:ss: the host does not start"
        yield Finding(message, file.location(node.span))


def _keys(file: JsonFile, root: Node) -> Iterator[Finding]:
    known = {key.lower() for key in KEYS}
    for member in root.members:
        if member.key.lower() in known:
            continue
        meant = closest(member.key, KEYS)
        if meant:
            fix = Fix(f"Change to {meant}", safe=False, edits=(Edit(file.location(member.key_span), f'"{meant}"'),))
            message = f"the host ignores '{member.key}'; did you mean '{meant}'?"
            yield Finding(message, file.location(member.key_span), fixes=(fix,), severity="warning", effect="none")
