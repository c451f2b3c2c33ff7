import logging

import azure.functions as func

app = func.FunctionApp()


@app.route()
@app.cosmos_db_input(
    arg_name="carts", database_name="shop",
    collection_name="carts",
    connection_string_setting="Shop")
def read(req: func.HttpRequest, carts: func.DocumentList) -> str:
    return carts[0].to_json()
