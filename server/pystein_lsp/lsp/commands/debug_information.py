"""pystein.debugInformation: what the server knows about itself and the workspace, for a report. Names, never values."""

from __future__ import annotations

import platform
import sys
from typing import Any

from lsprotocol import types

from pystein_lsp import __version__
from pystein_lsp.lsp.session import Session


async def debug_information(session: Session, _params: types.ExecuteCommandParams) -> Any:
    """Collect it, and put it into the client's log."""
    await session.find_apps()
    apps = [
        {
            "root": site.app.root,
            "entry": site.app.entry_path,
            "configuration": site.configuration.path,
            "functions": len(site.app.indexed),
            "settings": sorted(site.app.settings.names),
            "evidence": site.app.settings.evidence,
        }
        for site in session.workspace.sites()
    ]
    found = {
        "version": __version__,
        "python": sys.version.split()[0],
        "executable": sys.executable,
        "platform": platform.platform(),
        "client": session.client._asdict(),
        "trust": session.options.trust,
        "interpreter": session.options.interpreter,
        "folders": session.workspace.roots,
        "documents": session.workspace.open_paths(),
        "apps": apps,
    }
    session.log(types.MessageType.Info, "\n".join(f"{key}: {value}" for key, value in found.items()))
    return found
