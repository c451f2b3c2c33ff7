import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="Greet")
@app.route(route="greet", methods=["GET"])
def greet(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(f"Good day, {req.params.get('who', 'you')}")
