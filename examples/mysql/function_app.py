"""A table in MySQL: guests check in over HTTP, are found by their room, and whoever changes is greeted."""

import json
import logging

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="guests", methods=["PUT"])
@app.mysql_output(arg_name="rows", command_text="guests", connection_string_setting="MySqlConnectionString")
def check_in(req: func.HttpRequest, rows: func.Out[func.MySqlRowList]) -> func.HttpResponse:
    """Adds guests, or updates those whose id is there; the database gives an id to those without."""
    given = req.get_json()
    guests = given if isinstance(given, list) else [given]
    rows.set(func.MySqlRowList([func.MySqlRow.from_dict(guest) for guest in guests]))
    return func.HttpResponse("welcome", status_code=201)


@app.route(route="rooms/{room}", methods=["GET"])
@app.mysql_input(
    arg_name="guests",
    command_text="SELECT `id`, `name` FROM guests WHERE room = @room ORDER BY name",
    parameters="@room={room}",
    connection_string_setting="MySqlConnectionString",
)
def in_room(req: func.HttpRequest, guests: func.MySqlRowList) -> func.HttpResponse:
    """Who is in a room."""
    return func.HttpResponse(json.dumps([dict(guest) for guest in guests]), mimetype="application/json")


@app.mysql_trigger(arg_name="changes", table_name="guests", connection_string_setting="MySqlConnectionString")
def greet(changes: str) -> None:
    """MySQL tells new rows and changed ones apart by nothing: the operation is always 0."""
    for change in json.loads(changes):
        logging.info("hello %s in room %s", change["Item"]["name"], change["Item"]["room"])
