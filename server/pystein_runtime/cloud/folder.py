"""The app's `.pystein/` folder: where everything is kept that running an app leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".pystein"


def prepare_folder(folder: Path) -> None:
    """Make the folder: for the user alone, and out of version control."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")
