import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Both")
@app.blob_trigger(arg_name="msg", path="incoming/{name}", connection="Store")
@app.write_blob(arg_name="out", path="outgoing/{name}", connection="Store")
@app.read_blob(arg_name="old", path="outgoing/{name}", connection="Store")
def both(msg: func.InputStream, old: func.InputStream, out: func.Out[str]) -> None:
    logging.info("ran")
