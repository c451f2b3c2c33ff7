import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Both")
@app.queue_trigger(arg_name="msg", queue_name="first", connection="Store")
@app.write_cosmos_db_documents(arg_name="out", database_name="d", collection_name="c", connection_string_setting="Cosmos")
@app.read_cosmos_db_documents(arg_name="old", database_name="d", collection_name="c", connection_string_setting="Cosmos")
def both(msg: func.QueueMessage, old: func.DocumentList, out: func.Out[func.Document]) -> None:
    logging.info("ran")
