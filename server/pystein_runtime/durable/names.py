"""What an instance may be called."""

from __future__ import annotations

from .model import DurableError


def check_instance_id(id_: str) -> None:
    """Refuse an instance id that the extension refuses (azure-functions-durable-extension, `DurableClient`).

    Raises:
        DurableError: with the reason.
    """
    if id_.startswith("@"):
        raise DurableError(400, "Orchestration instance ids must not start with @.")
    wrong = next(
        (character for character in id_ if character in "/\\#?" or ord(character) < 32 or 127 <= ord(character) < 160),
        None,
    )
    if wrong is not None:
        raise DurableError(
            400,
            f"Orchestration instance ids must not contain /, \\, #, ? or control characters: {id_!r} has {wrong!r}.",
        )
    if len(id_) > 256:
        raise DurableError(400, "Orchestration instance ids must not be longer than 256 characters.")
