"""Timelines: the JSON, and the page as a browser shows it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from durable_driver import WEBHOOKS, Hub, Line

SOURCE = """
@app.orchestration_trigger(context_name="context")
def outer(context):
    inner = yield context.call_sub_orchestrator("inner", 1, "the-inner-one")
    try:
        yield context.call_activity_with_retry("fails", df.RetryOptions(1, 2), inner)
    except Exception:
        pass
    yield context.call_entity(df.EntityId("Counter", "k"), "add", 2)
    return "<b>done</b>"

@app.orchestration_trigger(context_name="context")
def inner(context):
    yield context.create_timer(context.current_utc_datetime + datetime.timedelta(milliseconds=5))
    return context.get_input()

@app.activity_trigger(input_name="n")
def fails(n: int) -> int:
    raise ValueError("<no>")

@app.entity_trigger(context_name="context")
def Counter(context):
    context.set_state(context.get_state(lambda: 0) + context.get_input())
"""
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def hub(serve: Callable[..., Hub], line: Line) -> Hub:
    return serve(SOURCE, *line.options)


def test_everything_that_was_called(hub: Hub, line: Line) -> None:
    id_ = hub.begin("outer")
    hub.end(id_)
    shown = hub.api("GET", f"instances/{id_}/timeline").json
    spans = shown["spans"]
    kinds = [(span["kind"], span["name"]) for span in spans]
    retries = {
        "1.x": [("activity", "fails"), ("timer", "retry"), ("activity", "fails"), ("timer", "retry")],
        "2.x": [("activity", "fails"), ("timer", "timer"), ("activity", "fails")],
    }
    assert kinds == [("orchestration", "inner"), *retries[line.name], ("entity", "add")]
    assert all(span["scheduled"] <= span["ended"] for span in spans)
    assert spans[0]["result"] == 1
    assert "<no>" in spans[1]["error"]
    assert (spans[-1]["input"], spans[-1]["instanceId"]) == (2, "@counter@k")
    replayed = [turn["replayedEvents"] for turn in shown["turns"]]
    assert replayed[0] == 0
    assert replayed == sorted(replayed)
    assert hub.api("GET", "instances/the-inner-one/timeline").json["parentInstanceId"] == id_


@pytest.mark.skipif(BROWSER is None, reason="there is no browser")
def test_the_page(hub: Hub) -> None:
    id_ = hub.begin("outer")
    hub.end(id_)
    address = f"http://127.0.0.1:{hub.port}{WEBHOOKS}/instances/{id_}/timeline"
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--dump-dom"]
    page = subprocess.run([*command, address], capture_output=True, text=True, check=True, timeout=120).stdout
    spans = hub.api("GET", f"instances/{id_}/timeline").json["spans"]
    assert page.count('role="option"') == len(spans) + 1
    assert page.count('aria-selected="true"') == 1
    assert "&lt;b&gt;done&lt;/b&gt;" in page
    assert '<span class="status Completed">Completed</span>' in page
    assert "bar activity failed" in page
