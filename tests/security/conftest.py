"""The command line and the editor of the other tests, for someone who means harm."""

from tests.cli.conftest import cli
from tests.lsp.conftest import idle

__all__ = ["cli", "idle"]
