"""Names and parameters of the alpha and of version 3 of the Cosmos DB extension."""

import azure.functions as func

app = func.FunctionApp(auth_level=func.AuthLevel.ANONYMOUS)  # expect: reportArgumentType arg-type
bp = func.Blueprint()


@app.on_queue_change(arg_name="msg", queue_name="q", connection="")  # expect: reportAttributeAccessIssue misc
def alpha_trigger(msg: func.QueueMessage) -> None: ...


@bp.route()
@bp.write_blob(arg_name="out", path="a/b", connection="")  # expect: reportAttributeAccessIssue misc
def alpha_output(req: func.HttpRequest, out: func.Out[str]) -> str:
    return ""


@app.cosmos_db_trigger(
    arg_name="docs",
    database_name="d",
    connection="COSMOS",
    container_name="c",
    collection_name="c",  # expect: reportArgumentType arg-type
    connection_string_setting="COSMOS",  # expect: reportArgumentType arg-type
    lease_collection_name="leases",  # expect: reportArgumentType arg-type
)
def version_3_keywords(docs: func.DocumentList) -> None: ...


@app.route(route="x", trigger_arg_data_type=func.DataType.STRING)  # expect: reportArgumentType arg-type
def alpha_route(req: func.HttpRequest) -> str:
    return ""
