"""What only azure-functions 2.x has, on a Python that it supports. python: 3.13"""

import azure.functions as func
from typing_extensions import assert_type

app = func.FunctionApp()


@app.cosmos_db_trigger(
    arg_name="docs",
    connection="COSMOS",
    database_name="d",
    container_name="c",
    change_feed_mode=func.CosmosDBChangeFeedMode.ALL_VERSIONS_AND_DELETES,
)
def on_change(docs: func.DocumentList) -> None:
    assert_type(docs.to_json(), str)


@app.route(route="query", methods=["QUERY", func.HttpMethod.QUERY])
def query(req: func.HttpRequest) -> str:
    return "queried"


def serialize(msg: func.QueueMessage, doc: func.Document) -> None:
    assert_type(msg.to_json(), str)
    func.register_converter("durableClient", int, overwrite=True)
