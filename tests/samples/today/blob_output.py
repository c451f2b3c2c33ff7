import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name(name="CopyPicture")
@app.route(route="copies")
@app.blob_input(arg_name="source", path="pictures/first.png", connection="AzureWebJobsStorage")
@app.blob_output(arg_name="target", path="copies/first.png", connection="AzureWebJobsStorage")
def copy(req: func.HttpRequest, source: str, target: func.Out[str]) -> str:
    target.set(source)
    return "copied"
