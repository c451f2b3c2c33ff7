"""A database server that takes its time to say no: the app starts without waiting for it."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from pystein_runtime.host.connections import sql as sql_connections
from pystein_runtime.host.settings import Settings
from pystein_runtime.host.triggers import sql as sql_trigger
from pystein_runtime.sql.database import SqlError
from pystein_runtime.sql.worker import Worker


@pytest.mark.parametrize("is_awaited", [True, False])
async def test_a_server_that_does_not_answer_is_not_waited_for(
    is_awaited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    says_no = threading.Event()

    def connect() -> Any:
        says_no.wait(60)
        raise SqlError("The server db cannot be reached.")

    worker = Worker(connect)
    monkeypatch.setattr(sql_connections, "database", lambda *_: worker)
    monkeypatch.setattr(sql_trigger, "_PATIENCE_SECONDS", 0)
    reports: asyncio.Queue[str] = asyncio.Queue()
    trigger = SimpleNamespace(type="sqlTrigger", text={"connectionStringSetting": "Db", "tableName": "t"}.get)
    function: Any = SimpleNamespace(name="watch", trigger=trigger)
    host: Any = SimpleNamespace(
        id="app",
        settings=Settings({"Db": "Server=db"}, {"db": "Server=db"}),
        config=SimpleNamespace(extensions={}),
        services=None,
        report=reports.put_nowait,
    )
    [listener] = sql_trigger.create([function], host)
    await listener.start()  # it gives no answer yet
    try:
        if is_awaited:
            assert reports.empty()
            says_no.set()
            told = await asyncio.wait_for(reports.get(), 60)
            assert told == "The listener for function 'watch' was unable to start. The server db cannot be reached."
        await listener.stop(60)
        assert reports.empty()
    finally:
        says_no.set()
