"""The confluent-kafka package, imported when an app first needs it, and its clients without their own output."""

from __future__ import annotations

import logging
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_AWAY = {"_TRANSPORT", "_ALL_BROKERS_DOWN", "_RESOLVE", "_TIMED_OUT"}
"""What librdkafka says in turn, in ever other words, while no broker answers."""
_WHERE = re.compile(r"^(?:\w+://)?[^\s/]+/(?:bootstrap|\d+): ")
_WHEN = re.compile(r" \(after \d+ms in state \w+[^)]*\)")
_LOGGED = re.compile(r"^FAIL \[[^\]]*\] (?:\[[^\]]*\]: )?")
_ASKING = "in state APIVERSION_QUERY"


class KafkaError(Exception):
    """Kafka cannot be used or refuses; the text is a whole sentence for the user."""


class RegistryError(KafkaError):
    """The schema registry is away or does not let the app in: what cannot be read now may be later."""


class Troubles(logging.Handler):
    """What is wrong with a client's connections: of what librdkafka repeats all the time, each kind is told once."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__()
        self._report = report
        self._told: set[str] = set()
        self._logged = ""
        self.text = ""
        """The reason, as far as it is known; empty while all is well."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is said of a connection that has failed: errors may not say why."""
        text = record.getMessage()
        if text.startswith("FAIL "):
            self._logged = _LOGGED.sub("", text)

    def hear(self, error: Any) -> None:
        """Take an error of librdkafka."""
        is_away = error.name() in _AWAY
        if is_away and self._told:
            return  # that brokers are away follows from what was told
        self.text = text_of(error)
        if error.name() == "_ALL_BROKERS_DOWN" and self._logged:
            self.text = text_of(self._logged)
            if _ASKING in self._logged:
                self.text += " (does the broker want another protocol: TLS, SASL?)"
        kind = "away" if is_away else error.name()
        if kind not in self._told:
            self._told.add(kind)
            self._report(self.text)

    def clear(self) -> None:
        """All is well."""
        self.text = ""
        self._told.clear()


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


def create(kind: str, config: Mapping[str, Any], troubles: Troubles) -> Any:
    """A `Producer` or a `Consumer`; what happens to its connections is heard in the thread that polls it.

    Raises:
        KafkaError: the configuration cannot be used.
    """
    library = load()
    logger = logging.Logger("pystein_runtime.kafka.librdkafka", logging.INFO)  # of nobody else's
    logger.addHandler(troubles)
    try:
        return getattr(library, kind)({**config, "error_cb": troubles.hear}, logger=logger)
    except (library.KafkaException, ValueError, TypeError) as error:
        raise KafkaError(f"The Kafka client cannot be made: {text_of(error)}.") from error


def text_of(error: Any) -> str:
    """What librdkafka says, without its names for it, its clock and the mark at the end."""
    inner = error.args[0] if getattr(error, "args", None) else error
    text = str(inner.str() if hasattr(inner, "str") else inner).strip()
    return _WHEN.sub("", _WHERE.sub("", text)).rstrip(".?")
