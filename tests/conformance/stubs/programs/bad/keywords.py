"""Misspelt, missing and superfluous arguments."""

import azure.functions as func

app = func.FunctionApp()


@app.queue_trigger(arg_name="msg", queue_name="q", conection="")  # expect: reportCallIssue call-arg
def misspelt(msg: func.QueueMessage) -> None: ...


@app.timer_trigger(arg_name="timer", schedule="0 * * * * *", run_on_start=True)  # expect: reportCallIssue call-arg
def swallowed_by_the_library(timer: func.TimerRequest) -> None: ...


@app.schedule("0 * * * * *")  # expect: reportCallIssue call-arg
def missing(timer: func.TimerRequest) -> None: ...


@app.table_input(arg_name="rows", table_name="t", connection="", top=3)  # expect: reportCallIssue call-arg
def closed(rows: str) -> None: ...


@app.queue_trigger(arg_name="msg", queue_name=1, connection="")  # expect: reportArgumentType arg-type
def of_another_type(msg: func.QueueMessage) -> None: ...


@app.route  # expect: reportArgumentType arg-type
def not_called(req: func.HttpRequest) -> str:
    return ""


@app.http_trigger(route="x")  # expect: reportAttributeAccessIssue attr-defined untyped-decorator
def never_existed(req: func.HttpRequest) -> str:
    return ""


@app.warm_up_trigger(arg_name="context")
def warm_up(context: func.WarmUpContext) -> None: ...  # expect: reportAttributeAccessIssue name-defined
