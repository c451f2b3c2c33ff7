"""The app's `.pystein/` folder: where everything is kept that running an app leaves behind."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".pystein"


def prepare_folder(folder: Path) -> None:
    """Make the folder: for the user alone, and out of version control."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_whole(ignore, "*\n")


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file, all of it or, when the disk is full or we are killed, nothing: then the old one stays.

    Raises:
        OSError: it cannot be written.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
