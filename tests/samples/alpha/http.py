import azure.functions as func

app = func.FunctionApp(auth_level=func.AuthLevel.ANONYMOUS)


@app.function_name(name="Greet")
@app.route(route="greet")
def greet(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello")


@app.function_name(name="Part")
@app.route(route="part")
def part(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("bye")
