from typing import Any

async def post_async_request(
    url: str,
    data: Any = None,
    trace_parent: str | None = None,
    trace_state: str | None = None,
    function_invocation_id: str | None = None,
) -> list[int | Any]: ...
async def get_async_request(url: str, function_invocation_id: str | None = None) -> list[Any]: ...
async def delete_async_request(url: str, function_invocation_id: str | None = None) -> list[int | Any]: ...
