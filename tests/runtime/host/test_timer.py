"""Timers: when they fire, and what they remember."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from host_driver import Host
from test_blob import put, read

HOURLY = """
@app.timer_trigger(arg_name="t", schedule="0 0 * * * *")
def tick(t: func.TimerRequest) -> None:
    logging.info("past due %s last %s", t.past_due, t.schedule_status.get("Last"))
"""
STATUS = "azure-webjobs-hosts/timers/app/Host.Functions.tick.Listener/status"


def test_every_second(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.timer_trigger(arg_name="t", schedule="* * * * * *")
        def tick(t: func.TimerRequest) -> None:
            logging.info("tick %s", t.past_due)
        """
    )
    host.log("tick False", 3)
    reasons = [line["reason"] for line in host.lines if line["event"] == "invocation"]
    assert len(set(reasons)) == len(reasons)
    assert all(reason.startswith("Timer fired at ") for reason in reasons)
    assert read(host.root, "azure-webjobs-hosts/timers/app/Host.Functions.tick.Listener/status") is None


def test_on_startup(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.timer_trigger(arg_name="t", schedule="0 0 0 1 1 *", run_on_startup=True)
        def tick(t: func.TimerRequest) -> None:
            logging.info("tick")
        """
    )
    host.log("tick")


def test_a_missed_time_is_made_up_for(start: Callable[..., Host]) -> None:
    host = start(HOURLY)
    host.stop()
    assert not any(line["event"] == "invocation" for line in host.lines)
    kept = json.loads(read(host.root, STATUS) or b"")
    assert kept.keys() == {"Last", "Next", "LastUpdated"}
    late = dict.fromkeys(("Last", "LastUpdated"), "2026-01-01T10:00:00+00:00")
    put(host.root, STATUS, json.dumps({**late, "Next": "2026-01-01T11:00:00+00:00"}).encode())
    again = start(root=host.root)
    again.log("past due True last 2026-01-01T10:00:00+00:00")
    again.invocation("tick")
    again.stop()
    assert json.loads(read(host.root, STATUS) or b"")["Last"] > "2026-11"


def test_a_changed_schedule_is_not_past_due(start: Callable[..., Host]) -> None:
    host = start(HOURLY)
    host.stop()
    late = dict.fromkeys(("Last", "LastUpdated"), "2026-01-01T10:00:00+00:00")
    put(host.root, STATUS, json.dumps({**late, "Next": "2026-01-01T10:30:00+00:00"}).encode())
    again = start(root=host.root)
    again.stop()
    assert not any(line["event"] == "invocation" for line in again.lines)


def test_a_state_that_cannot_be_read_is_written_afresh(start: Callable[..., Host], tmp_path: Path) -> None:
    put(tmp_path / "app", STATUS, b"rubbish")
    host = start(HOURLY)
    host.stop()
    assert json.loads(read(host.root, STATUS) or b"")["Last"] == "0001-01-01T00:00:00+00:00"


def test_retries(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.timer_trigger(arg_name="t", schedule="0 0 0 1 1 *", run_on_startup=True)
        @app.retry(strategy="fixed_delay", max_retry_count="2", delay_interval="00:00:01")
        def tick(t: func.TimerRequest, context: func.Context) -> None:
            retry = context.retry_context
            logging.info("try %s of %s after %s", retry.retry_count, retry.max_retry_count, bool(retry.exception))
            raise RuntimeError("never")

        @app.route(route="once")
        @app.retry(strategy="fixed_delay", max_retry_count="2", delay_interval="00:00:00")
        def once(req: func.HttpRequest) -> str:
            raise RuntimeError("never")
        """
    )
    host.invocation("tick", 3)
    logged = [line["message"] for line in host.lines if line["event"] == "log"]
    assert logged == ["try 0 of 2 after False", "try 1 of 2 after True", "try 2 of 2 after True"]
    assert host.get("/api/once").status == 500
    host.invocation("once")
    assert [line["function"] for line in host.lines if line["event"] == "invocation"].count("once") == 1
    assert host.wait("host", lambda line: "retry policies" in line["message"])


def test_a_bad_schedule_and_a_bad_zone_are_explained(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.timer_trigger(arg_name="t", schedule="every day")
        def bad(t: func.TimerRequest) -> None: ...

        @app.route(route="hello")
        def hello(req: func.HttpRequest) -> str: return "hello"
        """
    )
    said = host.wait("host", lambda line: "'bad'" in line["message"])["message"]
    assert "'every day' was not recognized as a valid cron expression or timespan string" in said
    assert host.get("/api/hello").status == 200
