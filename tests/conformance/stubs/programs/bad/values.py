"""Members that are not there, and values of another type."""

import azure.functions as func


def http(req: func.HttpRequest) -> func.HttpResponse:
    req.json()  # expect: reportAttributeAccessIssue attr-defined
    req.get_body().encode()  # expect: reportAttributeAccessIssue attr-defined
    return func.HttpResponse({"a": 1})  # expect: reportArgumentType arg-type


def output(out: func.Out[str], msg: func.QueueMessage) -> None:
    out.set(1)  # expect: reportArgumentType arg-type
    out.add("x")  # expect: reportAttributeAccessIssue attr-defined
    msg.text  # expect: reportAttributeAccessIssue attr-defined


app = func.App()  # expect: reportAttributeAccessIssue attr-defined
functions_app = func.FunctionsApp()  # expect: reportAttributeAccessIssue attr-defined
asgi = func.AsgiFunctionApp()  # expect: reportCallIssue call-arg
