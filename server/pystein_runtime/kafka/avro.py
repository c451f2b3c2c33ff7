"""Avro: values with a schema, in the framing of the schema registry (a zero, the schema's number, the data).

The schema is the binding's own or the registry's (azure-functions-kafka-extension, `SerializationHelper` and
`LocalSchemaRegistry`). Needs fastavro, which the extra `kafka` brings.
"""

from __future__ import annotations

import base64
import io
import json
import urllib.request
from decimal import Decimal
from http import HTTPStatus
from importlib import import_module
from typing import Any
from urllib.error import HTTPError

from .library import KafkaError, RegistryError

_SECONDS = 10.0


class Codec:
    """Reads and writes values of one schema, or of those that a registry knows.

    Args:
        schema: as text; empty: the registry's.
        registry: its URL, with a name and a password where it wants them.
    """

    def __init__(self, schema: str, registry: str, credentials: tuple[str, str]) -> None:
        try:
            self._fastavro = import_module("fastavro")
        except ImportError as error:
            raise KafkaError(
                f"Avro needs the package fastavro ({error}): install it with pip install 'pystein-lsp[kafka]'."
            ) from error
        self._registry, self._credentials = registry.rstrip("/"), credentials
        self._known: dict[int, Any] = {}
        self._schema = self._parse(schema, "The avro_schema") if schema.strip() else None

    @property
    def asks(self) -> bool:
        """Whether reading a value may mean asking the registry, which takes its time."""
        return self._schema is None

    def decode(self, data: bytes) -> Any:
        """A value as JSON has it.

        Raises:
            RegistryError: the registry does not answer.
            KafkaError: the data do not fit the schema, or the registry does not know it.
        """
        if len(data) < 5 or data[0] != 0:
            raise KafkaError(
                "The value is not Avro in the framing of the schema registry: it does not begin with a zero."
            )
        number = int.from_bytes(data[1:5], "big")
        schema = self._schema if self._schema is not None else self._fetch(number)
        stream = io.BytesIO(data[5:])
        try:
            value = self._fastavro.schemaless_reader(stream, schema)
        except Exception as error:
            raise KafkaError(f"The value does not fit the Avro schema: {type(error).__name__}: {error}.") from error
        if stream.read(1):
            raise KafkaError("The value does not fit the Avro schema: data are left over behind it.")
        return _plain(value)

    def encode(self, body: bytes) -> bytes:
        """JSON in Avro.

        Raises:
            KafkaError: it does not fit the schema, or there is no schema to write with.
        """
        if self._schema is None:
            raise KafkaError("An output needs its own avro_schema: with a registry alone the platform writes no Avro.")
        stream = io.BytesIO()
        try:
            self._fastavro.schemaless_writer(stream, self._schema, json.loads(body), strict=True)
        except Exception as error:
            raise KafkaError(f"The value does not fit the Avro schema: {error}.") from error
        return b"\0" + (1).to_bytes(4, "big") + stream.getvalue()

    def _fetch(self, number: int) -> Any:
        if number not in self._known:
            request = urllib.request.Request(f"{self._registry}/schemas/ids/{number}")  # noqa: S310 - the app's choice
            if any(self._credentials):
                token = base64.b64encode(":".join(self._credentials).encode()).decode()
                request.add_header("Authorization", f"Basic {token}")
            try:
                with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
                    schema = json.loads(answer.read())["schema"]
            except (OSError, ValueError, LookupError) as error:
                unknown = isinstance(error, HTTPError) and error.code == HTTPStatus.NOT_FOUND
                kind = KafkaError if unknown else RegistryError
                raise kind(f"The schema registry {self._registry} gives no schema {number}: {error}.") from error
            self._known[number] = self._parse(schema, f"The registry's schema {number}")
        return self._known[number]

    def _parse(self, text: str, what: str) -> Any:
        try:
            return self._fastavro.parse_schema(json.loads(text))
        except Exception as error:
            raise KafkaError(f"{what} is not an Avro schema: {error}.") from error


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
