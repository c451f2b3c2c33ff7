"""JSON as the platform's reader takes it: comments, trailing commas and a byte order mark are fine."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/|,(?=(?:\s|//[^\n]*|/\*.*?\*/)*[}\]])', re.DOTALL)


class JsonError(ValueError):
    """A file cannot be read as JSON; the text is a whole sentence for the user."""


def parse(text: str) -> Any:
    """The value of a JSON text with comments and trailing commas; line and column of errors are those of the text.

    Raises:
        ValueError: it is no JSON.
    """
    return json.loads(_TOKEN.sub(_blank, text.removeprefix("\ufeff")))


def _blank(match: re.Match[str]) -> str:
    token = match[0]
    return token if token.startswith('"') else re.sub(r"[^\n]", " ", token)


def read(path: Path) -> Any | None:
    """The value in a file; None when there is no such file, `{}` when it is empty.

    Raises:
        JsonError: it cannot be opened, decoded or parsed.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return parse(text) if text.strip() else {}
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JsonError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise JsonError(f"{path} is not UTF-8 text (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        raise JsonError(f"{path}:{error.lineno}:{error.colno} is not valid JSON: {error.msg}.") from error
    except RecursionError as error:
        raise JsonError(f"{path} is nested too deeply.") from error
