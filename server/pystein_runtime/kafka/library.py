"""The confluent-kafka package, imported when an app first needs it, and its clients without their own output."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SILENT = logging.getLogger("pystein_runtime.kafka.librdkafka")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


class KafkaError(Exception):
    """Kafka cannot be used or refuses; the text is a whole sentence for the user."""


def load() -> Any:
    """The package.

    Raises:
        KafkaError: it is not installed.
    """
    try:
        return import_module("confluent_kafka")
    except ImportError as error:
        raise KafkaError(
            f"Kafka needs the package confluent-kafka ({error}): install it with pip install 'pystein-lsp[kafka]'."
        ) from error


def create(kind: str, config: Mapping[str, Any], on_error: Callable[[Any], None]) -> Any:
    """A `Producer` or a `Consumer`; what happens to its connections is told, from the thread that polls it.

    Raises:
        KafkaError: the configuration cannot be used.
    """
    library = load()
    try:
        return getattr(library, kind)({**config, "error_cb": on_error}, logger=_SILENT)
    except (library.KafkaException, ValueError, TypeError) as error:
        raise KafkaError(f"The Kafka client cannot be made: {text_of(error)}.") from error


def text_of(error: Any) -> str:
    """What librdkafka says, without its names for it and without a full stop."""
    inner = error.args[0] if getattr(error, "args", None) else error
    text = inner.str() if hasattr(inner, "str") else str(inner)
    return str(text).strip().rstrip(".")
