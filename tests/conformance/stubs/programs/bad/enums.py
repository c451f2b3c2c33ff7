"""Strings that name no member."""

import azure.functions as func

app = func.FunctionApp(http_auth_level="anonymous")  # expect: reportArgumentType arg-type


@app.route(route="a", auth_level="public")  # expect: reportArgumentType arg-type
def level(req: func.HttpRequest) -> str:
    return ""


@app.route(route="b", methods="GET")  # expect: reportArgumentType arg-type
def not_a_list(req: func.HttpRequest) -> str:
    return ""


@app.route(route="c", methods=["FETCH"])  # expect: reportArgumentType list-item
def method(req: func.HttpRequest) -> str:
    return ""


@app.queue_trigger(arg_name="m", queue_name="q", connection="", data_type="text")  # expect: reportArgumentType arg-type
def data_type(m: str) -> None: ...


@app.retry(strategy="fixed", max_retry_count=3)  # expect: reportArgumentType arg-type
@app.schedule(arg_name="t", schedule="0 * * * * *")
def strategy(t: func.TimerRequest) -> None: ...


@app.event_hub_message_trigger(arg_name="e", event_hub_name="h", connection="C", cardinality="lots")  # expect: reportCallIssue reportArgumentType call-overload untyped-decorator
def cardinality(e: func.EventHubEvent) -> None: ...


@app.route(route="d", methods=["QUERY"])  # expect: reportArgumentType list-item
def only_in_the_second_line(req: func.HttpRequest) -> str:
    return ""
