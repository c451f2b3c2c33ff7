"""URIs and paths. A document that is no file has its URI for a path: it lies in no folder."""

from __future__ import annotations

import os

from pygls import uris


def path_of(uri: str) -> str:
    """The path of a URI."""
    if not uri.startswith("file:"):
        return uri
    try:
        path = uris.to_fs_path(uri)
    except ValueError:
        return uri
    return os.path.normpath(path) if path else uri


def uri_of(path: str) -> str:
    """The URI of a path."""
    return uris.from_fs_path(path) or path if os.path.isabs(path) else path
