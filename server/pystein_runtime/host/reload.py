"""What a change of the app is: the modules that its entry file reaches, host.json and local.settings.json.

Not the whole folder, because apps write into it. Modules are found by their import statements wherever they stand, read
without parsing, so that a file with a syntax error is still followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pystein_lsp.platform.settings import LOCAL

from . import host_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FROM = re.compile(rb"^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|[^#;\n]*)", re.MULTILINE)
_IMPORT = re.compile(rb"^[ \t]*(?:[\w \t]*[:;])?[ \t]*import[ \t]+([^#;\n]+)", re.MULTILINE)

State = dict["Path", tuple[int, int] | None]


class Watcher:
    """Knows the app's files and notices when they change."""

    def __init__(self, root: Path, entry: str) -> None:
        self._root = root
        self._entry = entry
        self._state: State = {}
        self.refresh()

    def refresh(self) -> None:
        """Take the files as they are now for known."""
        self._state = {path: _stamp(path) for path in self._files()}

    def changed(self) -> list[Path]:
        """The files that are not as they were at the last `refresh`."""
        return [path for path, stamp in self._state.items() if _stamp(path) != stamp]

    def _files(self) -> Iterator[Path]:
        yield self._root / host_config.FILE
        yield self._root / LOCAL
        seen: set[Path] = set()
        pending = [self._root / self._entry]
        while pending:
            path = pending.pop()
            if path in seen:
                continue
            seen.add(path)
            yield path
            try:
                source = path.read_bytes()
            except OSError:
                continue
            pending.extend(self._imported(path, source))

    def _imported(self, path: Path, source: bytes) -> Iterator[Path]:
        for match in _FROM.finditer(source):
            dots, module, names = len(match[1]), match[2].decode(errors="replace"), match[3].decode(errors="replace")
            base = self._root if dots == 0 else path.parents[dots - 1] if dots <= len(path.parents) else self._root
            folder = base.joinpath(*filter(None, module.split(".")))
            yield from self._module(base, module)
            for name in re.findall(r"\w+", re.sub(r"\bas\s+\w+", "", names)):
                yield from self._module(folder, name)
        for match in _IMPORT.finditer(source):
            for name in match[1].decode(errors="replace").split(","):
                yield from self._module(self._root, name.strip().partition(" ")[0])

    def _module(self, base: Path, dotted: str) -> Iterator[Path]:
        """The files that importing a module runs: its packages' and its own, those within the app."""
        if not base.is_relative_to(self._root):
            return
        place = base
        parts = [part for part in dotted.split(".") if part.isidentifier()]
        if not parts and (place / "__init__.py").is_file():
            yield place / "__init__.py"
        for part in parts:
            place /= part
            if (place / "__init__.py").is_file():
                yield place / "__init__.py"
            elif place.with_suffix(".py").is_file():
                yield place.with_suffix(".py")
            elif not place.is_dir():
                return


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
