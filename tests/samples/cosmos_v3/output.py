import logging

import azure.functions as func

app = func.FunctionApp()


@app.route()
@app.cosmos_db_output(
    arg_name="cart", database_name="shop",
    collection_name="carts",
    create_if_not_exists=True,
    connection_string_setting="Shop")
def write(req: func.HttpRequest, cart: func.Out[func.Document]) -> func.HttpResponse:
    cart.set(func.Document.from_json(req.get_body()))
    return func.HttpResponse("written")
