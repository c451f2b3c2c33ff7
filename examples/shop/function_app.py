"""A small shop: quotes over HTTP; orders and reports in a blueprint of their own."""

import logging

import azure.functions as func

from orders import orders

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
app.register_functions(orders)

PRICES = {"tea": 4, "cup": 9, "pot": 25}


@app.route(route="quote/{item}", methods=["GET"])
@app.queue_output(arg_name="asked", queue_name="quotes", connection="AzureWebJobsStorage")
def quote(req: func.HttpRequest, asked: func.Out[str]) -> func.HttpResponse:
    """The price of an item; what was asked for goes to a queue."""
    item = req.route_params["item"]
    count = int(req.params.get("count", "1"))
    if item not in PRICES:
        return func.HttpResponse(f"we have no {item}", status_code=404)
    asked.set(item)
    logging.info("%d %s quoted", count, item)
    return func.HttpResponse(f"{count} {item} cost {count * PRICES[item]}")
