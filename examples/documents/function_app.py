"""Documents and events on one machine: orders are kept in Cosmos DB, changes are followed, and the news is published."""

import json
import logging
import os
import uuid

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="orders", methods=["POST"])
@app.cosmos_db_output(
    arg_name="orders",
    connection="CosmosConnection",
    database_name="shop",
    container_name="orders",
    create_if_not_exists=True,
    partition_key="/customer",
)
def accept(req: func.HttpRequest, orders: func.Out[func.Document]) -> func.HttpResponse:
    """Keeps an order: `{"customer": "ada", "total": 12.5}`."""
    order = {"id": str(uuid.uuid4()), **req.get_json()}
    orders.set(func.Document.from_dict(order))
    return func.HttpResponse(json.dumps(order), status_code=201, mimetype="application/json")


@app.route(route="orders/{customer}/{id}", methods=["GET"])
@app.cosmos_db_input(
    arg_name="orders",
    connection="CosmosConnection",
    database_name="shop",
    container_name="orders",
    id="{id}",
    partition_key="{customer}",
)
def show(req: func.HttpRequest, orders: func.DocumentList) -> func.HttpResponse:
    """One order."""
    if not orders:
        return func.HttpResponse(status_code=404)
    return func.HttpResponse(orders[0].to_json(), mimetype="application/json")


@app.route(route="orders/{customer}", methods=["GET"])
@app.cosmos_db_input(
    arg_name="orders",
    connection="CosmosConnection",
    database_name="shop",
    container_name="orders",
    sql_query="SELECT c.id, c.total FROM c WHERE c.customer = {customer} ORDER BY c.total DESC",
)
def of_customer(req: func.HttpRequest, orders: func.DocumentList) -> func.HttpResponse:
    """A customer's orders, the largest first. Expressions become parameters: nobody can change the query."""
    return func.HttpResponse(json.dumps([order.to_dict() for order in orders]), mimetype="application/json")


@app.cosmos_db_trigger(
    arg_name="changed",
    connection="CosmosConnection",
    database_name="shop",
    container_name="orders",
    create_lease_container_if_not_exists=True,
)
@app.event_grid_output(arg_name="news", topic_endpoint_uri="TopicEndpoint", topic_key_setting="TopicKey")
def follow(changed: func.DocumentList, news: func.Out[str]) -> None:
    """Publishes what has changed; a topic that is not set is a local one, which `start` keeps to be looked at."""
    news.set(
        json.dumps(
            [
                {
                    "id": str(uuid.uuid4()),
                    "subject": f"/shop/orders/{order['id']}",
                    "eventType": "Shop.OrderChanged",
                    "dataVersion": "1.0",
                    "data": {"customer": order["customer"], "total": order.get("total")},
                }
                for order in changed
            ]
        )
    )
    logging.info("%d orders have changed", len(changed))


@app.event_grid_trigger(arg_name="event")
def hear(event: func.EventGridEvent) -> None:
    """What Event Grid delivers to `/runtime/webhooks/eventgrid?functionName=hear`."""
    logging.info("%s of %s: %s", event.event_type, event.subject, event.get_json())


@app.route(route="total")
def total(req: func.HttpRequest) -> func.HttpResponse:
    """The app's own SDK client finds the same documents: the setting has the true endpoint."""
    from azure.cosmos import CosmosClient  # noqa: PLC0415 - 0.1 s that only this needs

    connection = os.environ["CosmosConnection"]  # noqa: SIM112 - the setting's name
    with CosmosClient.from_connection_string(connection) as client:
        orders = client.get_database_client("shop").get_container_client("orders")
        [found] = orders.query_items("SELECT VALUE SUM(c.total) FROM c", enable_cross_partition_query=True)
    return func.HttpResponse(str(found))
