"""The manual page, for those who package pystein-lsp: `python -m pystein_lsp.cli.manual > pystein-lsp.1`."""

from __future__ import annotations

import sys

from pystein_lsp.cli.whole import DESCRIPTION, whole_parser


def page() -> str:
    """The page in roff; needs the package argparse-manpage."""
    from argparse_manpage.manpage import Manpage  # type: ignore[import-untyped]  # it has none  # noqa: PLC0415 - a tool of packagers

    return f"{Manpage(whole_parser(), _data={'project_name': 'pystein-lsp', 'description': DESCRIPTION})}\n"


if __name__ == "__main__":
    sys.stdout.write(page())
