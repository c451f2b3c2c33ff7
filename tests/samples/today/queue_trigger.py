import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="ShipOrder")
@app.queue_trigger(arg_name="order", queue_name="orders", connection="AzureWebJobsStorage")
def ship(order: func.QueueMessage):
    logging.info(order.get_body().decode("utf-8"))
