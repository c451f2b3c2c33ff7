"""Made-up function apps to measure with: a tree of as many as wanted, no two of them alike."""

from __future__ import annotations

import json
import random
from pathlib import Path

HEAD = '''\
"""The functions of {shop}."""

import json
import logging
import os
from datetime import datetime, timezone

import azure.functions as func

from {module} import bp

app = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)
app.register_functions(bp)
LIMIT = int(os.environ.get("LIMIT", "100"))


def stamp() -> str:
    """Now, as text."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
'''
BLUEPRINT = '''\
"""More functions of {shop}, kept apart."""

import json
import logging

import azure.functions as func

bp = func.Blueprint()
'''
KINDS = (
    '''
@{app}.route(route="{thing}/{{number:int}}", methods=["GET", "PUT"])
def {name}(req: func.HttpRequest) -> func.HttpResponse:
    """Show or store one {thing}."""
    number = int(req.route_params["number"])
    if req.method == "PUT":
        try:
            content = req.get_json()
        except ValueError:
            return func.HttpResponse("this is no JSON", status_code=400)
        logging.info("{thing} %d has %d parts now", number, len(content))
    return func.HttpResponse(json.dumps({{"number": number, "kind": "{thing}"}}), mimetype="application/json")
''',
    '''
@{app}.queue_trigger(arg_name="message", queue_name="{thing}-in", connection="AzureWebJobsStorage")
@{app}.queue_output(arg_name="answer", queue_name="{thing}-out", connection="AzureWebJobsStorage")
def {name}(message: func.QueueMessage, answer: func.Out[str]) -> None:
    """Work one {thing} off."""
    content = json.loads(message.get_body())
    parts = [part for part in content["parts"] if part["weight"] > {number}]
    for part in parts:
        logging.info("%s weighs %.1f", part["name"], part["weight"])
    answer.set(json.dumps({{"id": message.id, "parts": len(parts)}}))
''',
    '''
@{app}.timer_trigger(arg_name="timer", schedule="0 {minute} {hour} * * *", use_monitor=True)
def {name}(timer: func.TimerRequest) -> None:
    """Tidy up after every {thing}."""
    if timer.past_due:
        logging.warning("tidying up is late")
    for turn in range({number}):
        logging.info("{thing}: turn %d", turn)
''',
    '''
@{app}.blob_trigger(arg_name="upload", path="{thing}/{{name}}.csv", connection="AzureWebJobsStorage")
@{app}.table_output(arg_name="row", table_name="{table}", connection="AzureWebJobsStorage")
def {name}(upload: func.InputStream, row: func.Out[str]) -> None:
    """Take a {thing} in."""
    lines = upload.read().decode("utf-8").splitlines()
    total = sum(int(line.rpartition(";")[2]) for line in lines if line)
    row.set(json.dumps({{"PartitionKey": "{thing}", "RowKey": upload.name, "total": total}}))
''',
    '''
def weight_of_{name}(parts: list[dict[str, float]]) -> float:
    """What the parts of a {thing} weigh together, without what weighs nothing."""
    heavy = [part["weight"] for part in parts if part["weight"] > 0]
    if not heavy:
        return 0.0
    return round(sum(heavy) + {number} / 100, 3)
''',
)
THINGS = ("crate", "barrel", "pallet", "parcel", "letter", "wagon", "sack", "drum")
HOST = {
    "version": "2.0",
    "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"},
}
SETTINGS = {
    "IsEncrypted": False,
    "Values": {"AzureWebJobsStorage": "UseDevelopmentStorage=true", "FUNCTIONS_WORKER_RUNTIME": "python"},
}


def write_apps(folder: Path, count: int, lines: int) -> None:
    """Write apps below a folder, each with an entry file and a blueprint of about so many lines together."""
    for number in range(count):
        pick = random.Random(number)
        root = folder / f"app{number:04}"
        root.mkdir(parents=True)
        module = f"more{number}"
        (root / "function_app.py").write_text(
            HEAD.format(shop=f"shop {number}", module=module) + _functions("app", number, lines * 3 // 4, pick), "utf-8"
        )
        (root / f"{module}.py").write_text(
            BLUEPRINT.format(shop=f"shop {number}") + _functions("bp", number, lines // 4, pick), "utf-8"
        )
        (root / "host.json").write_text(json.dumps(HOST, indent=2), "utf-8")
        (root / "local.settings.json").write_text(json.dumps(SETTINGS, indent=2), "utf-8")
        (root / "requirements.txt").write_text("azure-functions\n", "utf-8")


def _functions(app: str, number: int, lines: int, pick: random.Random) -> str:
    text = ""
    index = 0
    while text.count("\n") < lines:
        thing = f"{pick.choice(THINGS)}-{app}-{number}-{index}"
        name = thing.replace("-", "_")
        text += "\n" + KINDS[index % len(KINDS)].format(
            app=app,
            thing=thing,
            name=name,
            table=name.replace("_", ""),
            number=pick.randrange(1, 90),
            minute=pick.randrange(60),
            hour=pick.randrange(24),
        )
        index += 1
    return text
