"""The rule missing-requirement."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pystein_lsp.model.app import App
from pystein_lsp.model.meaning import External
from pystein_lsp.model.module import ImportedFrom
from pystein_lsp.model.requirements import normalised
from pystein_lsp.rules.rule import AppRule, Finding
from pystein_lsp.syntax.span import Location

DISTRIBUTIONS = {
    "aiohttp": "aiohttp", "bs4": "beautifulsoup4", "cryptography": "cryptography", "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv", "fastapi": "fastapi", "flask": "Flask", "httpx": "httpx", "jwt": "PyJWT", "langchain": "langchain",
    "numpy": "numpy", "openai": "openai", "openpyxl": "openpyxl", "pandas": "pandas", "PIL": "pillow", "psycopg2": "psycopg2-binary",
    "pydantic": "pydantic", "pymongo": "pymongo", "pymssql": "pymssql", "pymysql": "PyMySQL", "pyodbc": "pyodbc", "redis": "redis",
    "requests": "requests", "scipy": "scipy", "sendgrid": "sendgrid", "sklearn": "scikit-learn", "sqlalchemy": "SQLAlchemy",
    "twilio": "twilio", "yaml": "PyYAML",
    "azure.ai.inference": "azure-ai-inference", "azure.ai.projects": "azure-ai-projects", "azure.cosmos": "azure-cosmos",
    "azure.data.tables": "azure-data-tables", "azure.eventgrid": "azure-eventgrid", "azure.eventhub": "azure-eventhub",
    "azure.identity": "azure-identity", "azure.keyvault.secrets": "azure-keyvault-secrets", "azure.monitor.opentelemetry":
    "azure-monitor-opentelemetry", "azure.search.documents": "azure-search-documents", "azure.servicebus": "azure-servicebus",
    "azure.storage.blob": "azure-storage-blob", "azure.storage.queue": "azure-storage-queue",
    "azurefunctions.extensions.bindings.blob": "azurefunctions-extensions-bindings-blob",
    "azurefunctions.extensions.http.fastapi": "azurefunctions-extensions-http-fastapi",
}  # fmt: skip
"""Modules that function apps import most, with the distribution that brings them: only of these is anything said."""

_BRINGS_OTHERS = {
    "requests": ("azure-functions-durable", "azure-core", "msal", "azure-identity"),
    "aiohttp": ("azure-functions-durable",),
    "pydantic": ("fastapi", "openai", "langchain"),
    "numpy": ("pandas", "scipy", "scikit-learn", "opencv-python"),
    "httpx": ("openai", "langchain"),
    "dateutil": ("pandas", "azure-functions-durable"),
}


class MissingRequirement(AppRule):
    """An import that requirements.txt seems not to bring.

    ## What it does
    Looks the imports of well-known packages up in requirements.txt and the files that it includes. `azure-functions` itself
    comes with the platform. Where the requirements cannot be read in full, nothing is said.

    ## Why it matters
    An import that fails once deployed takes *all* functions of the app with it.

    ## Example
    A requirements.txt with `azure-functions` alone beside:
    ```python
    import pandas
    ```

    ## Use instead
    ```text
    azure-functions
    pandas
    ```

    ## Fix safety
    There is no fix: which version is wanted is your decision.

    ## Reference
    https://learn.microsoft.com/azure/azure-functions/recover-python-functions
    """

    name = "missing-requirement"
    severity = "hint"
    reads = "names"

    def check(self, app: App) -> Iterator[Finding]:
        """One finding for each distribution, at its first import."""
        requirements = app.requirements
        if not requirements.complete or not requirements.found:
            return
        listed = {each.name for each in requirements.found}
        said: set[str] = set()
        for module, definition, by in app.imports():
            if definition.conditional or by.level:
                continue
            distribution = _distribution(by)
            if distribution is None or distribution in said or not _is_missing(distribution, by, listed):
                continue
            if not isinstance(app.resolver.imported(by, module), External):
                continue  # a module of the app's own
            said.add(distribution)
            message = f"requirements.txt does not list {distribution}: once deployed this import may fail; add it"
            yield Finding(message, Location(definition.block, by.imported.span))


def _distribution(by: ImportedFrom) -> str | None:
    full = f"{by.imported.module}.{by.imported.name}" if by.imported.name else by.imported.module
    parts = full.split(".")
    if parts[0] in sys.stdlib_module_names:
        return None
    for end in range(len(parts), 0, -1):
        if found := DISTRIBUTIONS.get(".".join(parts[:end])):
            return found
    return None


def _is_missing(distribution: str, by: ImportedFrom, listed: set[str]) -> bool:
    if normalised(distribution) in listed:
        return False
    top = by.imported.module.partition(".")[0]
    if any(name.startswith(normalised(distribution).removesuffix("-binary")) for name in listed):
        return False
    return not any(normalised(other) in listed for other in _BRINGS_OTHERS.get(top, ()))
