import logging

import azure.functions as func

app = func.FunctionApp()


@app.cosmos_db_trigger(arg_name="changes", database_name="shop", collection_name="carts", connection_string_setting="Shop",
                       lease_collection_name="leases", create_lease_collection_if_not_exists=True)
def watch(changes: func.DocumentList) -> None:
    logging.info(len(changes))
