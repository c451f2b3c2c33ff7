"""Where the stubs are: beside the package in a wheel, at the top of the repository in a checkout."""

from __future__ import annotations

from pathlib import Path


def stubs_directory() -> Path:
    """The folder for pyright's `stubPath` or mypy's `mypy_path`: `azure/functions` and `azure/durable_functions`.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "stubs", package.parent.parent / "stubs"):
        if (candidate / "azure" / "functions" / "__init__.pyi").is_file():
            return candidate
    raise FileNotFoundError(
        f"pystein-lsp was installed without its stubs: there is no {package / 'stubs'}. Reinstall it."
    )
