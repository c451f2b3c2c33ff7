import logging

import azure.functions as func

app = func.FunctionApp()


@app.on_queue_change(arg_name="msg", queue_name="first", connection="Store")
def queue(msg: func.QueueMessage): ...


@app.on_blob_change(arg_name="blob", path="incoming/{name}", connection="Store")
def blob(blob: func.InputStream): ...


@app.on_event_hub_message(arg_name="event", event_hub_name="in", connection="Hub")
def hub(event: func.EventHubEvent): ...


@app.on_service_bus_queue_change(arg_name="msg", queue_name="in", connection="Bus")
def bus(msg: func.ServiceBusMessage): ...
