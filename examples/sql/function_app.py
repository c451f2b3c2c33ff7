"""A table in SQL: rows come over HTTP, are read by a command, and their changes set a function off."""

import json
import logging

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="products", methods=["PUT"])
@app.sql_output(arg_name="rows", command_text="dbo.Products", connection_string_setting="SqlConnectionString")
def put_products(req: func.HttpRequest, rows: func.Out[func.SqlRowList]) -> func.HttpResponse:
    """Adds products, or updates those that are there."""
    given = req.get_json()
    products = given if isinstance(given, list) else [given]
    rows.set(func.SqlRowList([func.SqlRow.from_dict(product) for product in products]))
    return func.HttpResponse(json.dumps(products), status_code=201, mimetype="application/json")


@app.route(route="products/{cost}", methods=["GET"])
@app.sql_input(
    arg_name="products",
    command_text="SELECT TOP 10 Id, Name, Cost FROM dbo.Products WHERE Cost <= @cost ORDER BY Cost",
    parameters="@cost={cost}",
    connection_string_setting="SqlConnectionString",
)
def cheap_products(req: func.HttpRequest, products: func.SqlRowList) -> func.HttpResponse:
    """The cheapest products up to a price."""
    return func.HttpResponse(json.dumps([dict(row) for row in products]), mimetype="application/json")


@app.sql_trigger(arg_name="changes", table_name="dbo.Products", connection_string_setting="SqlConnectionString")
def watch_products(changes: str) -> None:
    """Operation: 0 a row was added, 1 changed, 2 deleted."""
    for change in json.loads(changes):
        logging.info("%s product %s", ("new", "changed", "deleted")[change["Operation"]], change["Item"]["Id"])
