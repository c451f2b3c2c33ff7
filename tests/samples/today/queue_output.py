import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="PlaceOrder")
@app.route(route="orders")
@app.queue_output(arg_name="order", queue_name="orders", connection="AzureWebJobsStorage")
def place(req: func.HttpRequest, order: func.Out[str]) -> func.HttpResponse:
    order.set(req.params.get("id"))
    return func.HttpResponse("placed")
