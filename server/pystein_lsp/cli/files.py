"""Writing files: all of one or nothing, whatever happens on the way."""

from __future__ import annotations

import os
from contextlib import suppress


def write_whole(path: str, content: bytes) -> None:
    """Give a file this content, or, when the disk is full or we are killed, leave it as it is.

    What a link leads to is written; a file keeps its permissions; what is no file, such as a pipe, is written to.

    Raises:
        OSError: it cannot be written.
    """
    path = os.path.realpath(path)
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as file:
            file.write(content)
        return
    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "xb") as file:
            file.write(content)
        with suppress(FileNotFoundError):  # a new one has what the system gives it
            os.chmod(temporary, os.stat(path).st_mode & 0o7777)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise
