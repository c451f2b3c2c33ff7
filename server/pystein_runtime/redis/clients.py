"""Clients of Redis, by the connection strings of StackExchange.Redis: `host:6380,password=...,ssl=True`."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 10.0


class RedisError(Exception):
    """Redis cannot be used or refuses; the text is a whole sentence for the user, without any secret."""


def parse(text: str) -> dict[str, Any]:
    """What `redis.asyncio.Redis` wants for a connection string.

    Raises:
        RedisError: it names no server, or a port or a database that is no number.
    """
    places, options = [], {}
    for part in filter(None, (item.strip() for item in text.split(","))):
        name, separator, value = part.partition("=")
        if separator:
            options[name.strip().lower()] = value.strip()
        else:
            places.append(part)
    if not places:
        raise RedisError("A connection string of Redis must name a server: host:6379,password=...")
    host, _, port = places[0].rpartition(":") if ":" in places[0] else (places[0], "", "")
    secured = options.get("ssl", "").lower() == "true"
    numbers = {"port": port or ("6380" if secured else "6379"), "db": options.get("defaultdatabase", "0")}
    if not all(number.isdecimal() for number in numbers.values()):
        raise RedisError(f"'{places[0]}' is not a server with a port, or its database is not a number.")
    return {
        "host": host,
        **{name: int(number) for name, number in numbers.items()},
        "username": options.get("user"),
        "password": options.get("password"),
        "ssl": secured,
    }


def connect(text: str) -> Any:
    """A client; it connects when something is first asked of it.

    Raises:
        RedisError: the package is not installed, or the connection string cannot be used.
    """
    try:
        library = import_module("redis.asyncio")
    except ImportError as error:
        raise RedisError(
            f"Redis needs the package redis ({error}): install it with pip install 'pystein-lsp[redis]'."
        ) from error
    return library.Redis(**parse(text), socket_connect_timeout=_SECONDS, protocol=2)


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Whatever the server or the way to it refuses is a RedisError."""
    try:
        yield
    except (import_module("redis.exceptions").RedisError, OSError) as error:
        raise RedisError(f"{what}: {str(error).rstrip('.')}.") from error


def text_of(value: Any) -> str:
    """A value as text."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
