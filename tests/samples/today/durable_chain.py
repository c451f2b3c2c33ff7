import azure.durable_functions as df
import azure.functions as func

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="tours/{name}")
@app.durable_client_input(client_name="client")
async def start(req: func.HttpRequest, client):
    instance = await client.start_new("tour")
    return client.create_check_status_response(req, instance)


@app.orchestration_trigger(context_name="context")
def tour(context):
    first = yield context.call_activity("visit", "Bern")
    second = yield context.call_activity("visit", "Graz")
    return [first, second]


@app.activity_trigger(input_name="city")
def visit(city: str):
    return f"Saw {city}"
