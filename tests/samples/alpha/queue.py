import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Both")
@app.queue_trigger(arg_name="msg", queue_name="first", connection="Store")
@app.write_queue(arg_name="out", queue_name="second", connection="Store")
def both(msg: func.QueueMessage, out: func.Out[str]) -> None:
    logging.info("ran")
