"""pystein/functions: what a view of all apps is made of."""

from __future__ import annotations

from typing import Any

from tests.lsp.conftest import Desk
from tests.lsp.test_run import plain

SHOP = """\
import azure.functions as func

app = func.FunctionApp()


@app.route(route="orders", methods=["POST"])
@app.queue_output(arg_name="out", queue_name="orders", connection="AzureWebJobsStorage")
def take(req: func.HttpRequest, out: func.Out[str]) -> str:
    return ""


@app.timer_trigger(arg_name="t", schedule="0 */5 * * * *")
def tick(t: func.TimerRequest) -> None: ...
"""


async def functions(desk: Desk) -> list[dict[str, Any]]:
    answer = plain(await desk.client.protocol.send_request_async("pystein/functions", {}))
    apps: list[dict[str, Any]] = answer["apps"]
    return apps


async def test_apps_are_told_with_their_functions_as_they_are_typed(idle: Desk) -> None:
    for folder in ("shop/", "other/"):
        idle.write(f"{folder}host.json", '{"version": "2.0"}')
        idle.write(f"{folder}function_app.py", SHOP)
    await idle.start("vscode", {"trusted": False})
    apps = await functions(idle)
    assert [app["name"] for app in apps] == ["other", "shop"]
    take, tick = apps[1]["functions"]
    assert (take["name"], take["trigger"], take["what"]) == ("take", "httpTrigger", "POST /api/orders")
    assert take["uri"].endswith("/shop/function_app.py")
    assert take["range"] == {"start": {"line": 7, "character": 4}, "end": {"line": 7, "character": 8}}
    assert {"name": "out", "type": "queue", "direction": "out"} in take["bindings"]
    assert tick["schedule"].startswith("every 5 minutes, next ")
    page = idle.open("shop/function_app.py")
    page.replace("def tick", "def tock")
    renamed = (await functions(idle))[1]["functions"][1]
    assert renamed["name"] == "tock"
    await idle.client.shutdown_session()


async def test_a_folder_without_apps_has_none(idle: Desk) -> None:
    idle.write("main.py", "print(1)\n")
    await idle.start("vscode")
    assert await functions(idle) == []
    await idle.client.shutdown_session()
