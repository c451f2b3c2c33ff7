"""What instances and entities are called."""

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


def entity_id(name: str, key: str) -> str:
    """An entity's id in histories and in the store."""
    return f"@{name.lower()}@{key}"


def normal(id_: str) -> str:
    """An entity's id as the store has it, of one whose name may have capital letters.

    Raises:
        DurableError: it is none.
    """
    parts = id_.split("@", 2)
    if len(parts) != 3 or parts[0]:
        raise DurableError(400, f"'{id_}' is not the id of an entity, which is @name@key.")
    return entity_id(parts[1], parts[2])
