"""What the client says when it starts the server, and what the user may change later."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

Trust: TypeAlias = Literal["given", "by-command", "refused"]
"""Whether code of the workspace may run: `by-command` where the editor has no idea of trust, and an explicit command
is the consent."""


class Options(NamedTuple):
    """The initialization options."""

    trust: Trust = "by-command"
    interpreter: str | None = None
    """The Python that the user chose for the app."""
    settings: Any = None
    """The section `pystein` of the user's settings, for clients that cannot be asked for it."""
    shows_results: bool = True
    """Whether we tell the result of a run: a client that shows it in its own way says no (`showResults`)."""


def read_options(given: Any) -> Options:
    """Read `initializationOptions`; what cannot be understood is left out, but trust is never assumed from it."""
    if not isinstance(given, dict):
        return Options()
    interpreter = given.get("interpreter")
    return Options(
        _trust(given),
        interpreter if isinstance(interpreter, str) and interpreter else None,
        given.get("settings"),
        given.get("showResults") is not False,
    )


def _trust(given: dict[str, Any]) -> Trust:
    if "trusted" not in given:
        return "by-command"
    return "given" if given["trusted"] is True else "refused"
