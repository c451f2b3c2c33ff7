import logging

import azure.functions as func

app = func.FunctionApp()


@app.cosmos_db_trigger(arg_name="changes", database_name="shop", container_name="carts", connection="Shop")
def changed(changes: func.DocumentList):
    logging.info(len(changes))


@app.route(route="carts")
@app.cosmos_db_input(arg_name="carts", database_name="shop", container_name="carts", connection="Shop")
@app.cosmos_db_output(arg_name="log", database_name="shop", container_name="log", connection="Shop")
def carts(req: func.HttpRequest, carts: func.DocumentList, log: func.Out[func.Document]) -> str:
    return carts[0].to_json()
