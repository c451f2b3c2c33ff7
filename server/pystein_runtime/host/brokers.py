"""What the worker gets in place of the settings that mean the local Kafka broker. Imported before the worker is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = ("kafka", "brokerlist")


def environment(variables: dict[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """The worker's environment with the broker's address in empty settings whose names say that they are Kafka's."""
    meant = [name for name in settings if variables.get(name) == "" and _is_broker(name)]
    if not meant:
        return variables
    from pystein_runtime.kafka import broker  # noqa: PLC0415 - of apps with Kafka only
    from pystein_runtime.kafka.library import KafkaError  # noqa: PLC0415

    try:
        return {**variables, **dict.fromkeys(meant, broker.address())}
    except KafkaError:  # without the package there is no broker; triggers and outputs say so
        return variables


def _is_broker(name: str) -> bool:
    plain = name.lower().replace("_", "")
    return any(part in plain for part in _NAMES) and not any(word in plain for word in ("user", "password", "topic"))
