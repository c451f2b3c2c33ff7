import azure.functions as func


@app.route(route="orders")
@app.queue_output(arg_name="order", queue_name="orders", connection="AzureWebJobsStorage")
def place(req: func.HttpRequest, order: func.Out[str]) -> str:
    order.set("1")
    return "placed"
