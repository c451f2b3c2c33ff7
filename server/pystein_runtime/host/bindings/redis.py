"""The `redis` input and output: a command, `GET {key}`, and a command whose arguments the function sets, `SET`.

Facts: azure-functions-redis-extension, `RedisAsyncConverter` and `RedisAsyncCollector`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.host.connections import redis as redis_connections
from pystein_runtime.redis.clients import RedisError, refusing, text_of
from pystein_runtime.worker.messages import NOTHING, Datum

from . import BindingError
from .values import bodies

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Settings

    from . import Context

_READS = {
    "BITCOUNT", "BITPOS", "DBSIZE", "DUMP", "EXISTS", "EXPIRETIME", "GEODIST", "GET", "GETBIT", "GETRANGE", "HEXISTS",
    "HGET", "HLEN", "HSTRLEN", "LINDEX", "LLEN", "PEXPIRETIME", "PFCOUNT", "PTTL", "RANDOMKEY", "SCARD", "SINTERCARD",
    "SISMEMBER", "STRLEN", "SUBSTR", "TOUCH", "TTL", "TYPE", "XLEN", "ZCARD", "ZCOUNT", "ZDIFF", "ZINTERCARD",
    "ZLEXCOUNT", "ZSCORE",
}  # fmt: skip


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether it is the local Redis that is written to."""
    return redis_connections.is_local(settings, binding)


async def read(context: Context) -> Datum:
    """What the command gives, as text; nothing where there is nothing.

    Raises:
        BindingError: a command that inputs do not take or that Redis refuses, or Redis is out of reach.
    """
    command, *arguments = context.text("command").split(" ")
    if command not in _READS:
        raise BindingError(f"{context.binding.name}: Command '{command}' not supported for Redis Input Binding.")
    value = await _run(context, [[command, *arguments]])
    return NOTHING if value is None else Datum("string", text_of(value))


async def write(context: Context, datum: Datum) -> None:
    """Run the command with what was set: each text is the arguments of one, with blanks between them.

    Raises:
        BindingError: Redis refuses, or is out of reach.
    """
    command = context.text("command")
    await _run(context, [[command, *body.decode("utf-8", "replace").split(" ")] for body in bodies(datum)])


async def _run(context: Context, commands: list[list[str]]) -> object:
    result: object = None
    try:
        client = redis_connections.client(context.services, context.binding)
        try:
            for command in commands:
                with refusing(f"Redis does not run {command[0]}"):
                    result = await client.execute_command(*command)
        finally:
            await client.aclose()
    except RedisError as error:
        raise BindingError(f"{context.binding.name}: {error}") from error
    return result
