"""The mistakes that cost people days: each one makes every function of this app vanish, or fail later."""

import logging

import azure.functions as func

app = func.FunctionApp(auth_level=func.AuthLevel.ANONYMOUS)  # the parameter was renamed


@app.route(route="orders")
def orders(request: func.HttpRequest) -> str:  # the binding is called req
    return "none yet"


@app.queue_trigger(arg_name="msg", queue_name="orders", connection="StorageConnection")  # no such setting
def orders(msg: func.QueueMessage) -> None:  # the name is taken
    logging.info("order %s", msg.id)


@app.timer_trigger(arg_name="timer", schedule="0 0 2 ? * MON")  # Quartz, not NCRONTAB
def nightly(timer: func.TimerRequest) -> None:
    logging.info("night")


@app.http_trigger(route="status")  # never existed
def status(req: func.HttpRequest) -> str:
    return "fine"


@app.on_blob_change(arg_name="blob", path="uploads/{name}", connection="AzureWebJobsStorage")  # gone since 1.11
def uploaded(blob: func.InputStream) -> None:
    logging.info("%s has %s bytes", blob.name, blob.length)


@app.cosmos_db_trigger(  # the names of an older extension
    arg_name="documents",
    database_name="shop",
    collection_name="orders",
    connection_string_setting="AzureWebJobsStorage",
)
def changed(documents: func.DocumentList) -> None:
    logging.info("%d changed", len(documents))


@app.queue_trigger(arg_name="msg", queue_name="samples", connection=""AzureWebJobsStorage"")
def copied_from_a_web_page(msg: func.QueueMessage) -> None:
    logging.info("%s", msg.get_body())
