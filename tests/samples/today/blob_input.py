import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="ShowPicture")
@app.route(route="pictures/{file}")
@app.blob_input(arg_name="picture", path="pictures/{file}", connection="AzureWebJobsStorage")
def show(req: func.HttpRequest, picture: bytes) -> func.HttpResponse:
    return func.HttpResponse(picture)
